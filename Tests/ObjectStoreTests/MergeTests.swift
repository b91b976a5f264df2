import Core
import Foundation
import ObjectStore
import Testing

@Suite struct MergeTests {
  let scratch = Scratch()

  /// A store with a random part of a common universe, so that stores overlap, differ and contradict each other.
  private func fill(_ path: String, seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed), purpose: "merge")
    let store = try Store.write(path)
    for number in 0..<12 where generator.uniform() < 0.6 {
      var objects: [Digest] = []
      for _ in 0..<generator.integer(below: 3) {
        let object = generator.integer(below: 6)
        objects.append(try store.stage(object < 2 ? Sample.large(object) : Sample.small(object)))
      }
      let variant = generator.uniform() < 0.3 ? generator.integer(below: 3) : 0
      if generator.uniform() < 0.2 {
        try store.saveFailure(
          FailureRecord(
            task: Sample.task(number), specification: Sample.specification(number), report: Sample.bytes(20, variant)))
      } else {
        _ = try store.commit([
          Sample.commit(number, variant: variant, objects: objects, attempt: generator.integer(below: 5))
        ])
      }
    }
    _ = try store.put([Sample.small(100 + seed), Sample.large(100 + seed)])
    try store.saveSweep(name: "name \(seed)", json: Array("{\"sweep\":\(seed % 2)}".utf8))
  }

  private func merged(_ parts: [String], _ name: String) throws -> Content {
    let target = scratch.sub(name)
    for part in parts { _ = try Store.merge(from: part, into: target, owner: "test") }
    #expect(try Store.openForReading(at: target).check().isClean)
    return try Content(target)
  }

  @Test(arguments: 0..<6) func mergingIsAUnionWhateverTheOrder(seed: Int) throws {
    let parts = (0..<3).map { scratch.sub("part\($0)") }
    for (number, part) in parts.enumerated() { try fill(part, seed: seed * 3 + number) }
    let forward = try merged(parts, "forward")
    #expect(try merged(parts.reversed(), "backward") == forward)
    #expect(try merged(parts + parts, "twice") == forward)
    let pair = scratch.sub("pair")
    _ = try merged([parts[1], parts[2]], "pair")
    #expect(try merged([parts[0], pair], "grouped") == forward)
    let contents = try parts.map { try Content($0) }
    #expect(Set(forward.objects.keys) == Set(contents.flatMap(\.objects.keys)))
    for content in contents {
      for (task, outcomes) in content.outcomes { #expect(forward.outcomes[task]?.isSuperset(of: outcomes) == true) }
      for (task, attempts) in content.attempts { #expect(forward.attempts[task]?.isSuperset(of: attempts) == true) }
    }
  }

  @Test func whatIsNewIsCountedAndContradictionsAreNamed() throws {
    let (left, right) = (scratch.sub("left"), scratch.sub("right"))
    do {
      let store = try Store.write(left)
      let objects = try store.put([Sample.large(1)])
      _ = try store.commit([Sample.commit(1, objects: objects), Sample.commit(2, variant: 0, attempt: 1)])
    }
    do { _ = try Store.write(right).commit([Sample.commit(2, variant: 1, attempt: 2), Sample.commit(3)]) }
    let report = try Store.merge(from: left, into: right, owner: "test")
    #expect(report.objects == 1 && report.bytes == Sample.large(1).count)
    #expect(report.outcomes == 2 && report.attempts == 1)
    let outcomes = [0, 1].map { Digest(of: Sample.outcome(2, variant: $0)) }.sorted()
    #expect(report.conflicts == [MergeReport.Conflict(task: Sample.task(2), outcomes: outcomes)])
    #expect(try Store.merge(from: left, into: right, owner: "test") == MergeReport())
  }

  @Test func aDamagedSourceIsRefusedAndTheTargetStaysSound() throws {
    let (left, right) = (scratch.sub("left"), scratch.sub("right"))
    for (path, number) in [(left, 1), (right, 2)] {
      let store = try Store.write(path)
      _ = try store.commit([Sample.commit(number, objects: [try store.stage(Sample.small(number))])])
    }
    try Scratch.edit(left, "UPDATE object SET bytes = x'00'")
    let before = try Content(right)
    #expect(throws: StoreError.self) { try Store.merge(from: left, into: right, owner: "test") }
    #expect(try Content(right) == before)
    #expect(try Store.openForReading(at: right).check().isClean)
  }

  @Test func aStoreIsNotMergedIntoItselfOrIntoOneThatIsInUse() throws {
    let (left, right) = (scratch.sub("left"), scratch.sub("right"))
    do { _ = try Store.write(left) }
    #expect(throws: StoreError.self) { try Store.merge(from: left, into: left + "/.", owner: "test") }
    let busy = try Store.write(right)
    #expect(throws: StoreError.self) { try Store.merge(from: left, into: right, owner: "test") }
    withExtendedLifetime(busy) {}
  }
}
