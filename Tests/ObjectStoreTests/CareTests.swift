import Core
import Foundation
import ObjectStore
import Testing

@Suite struct CareTests {
  let scratch = Scratch()
  var path: String { scratch.sub("store") }

  /// Three tasks: 1 with a large and a small object, 2 with the same small one, 3 with none.
  private func filled() throws -> (large: Digest, small: Digest) {
    let store = try Store.write(path)
    let large = try store.stage(Sample.large(1))
    let small = try store.stage(Sample.small(2))
    _ = try store.commit([
      Sample.commit(1, objects: [large, small], attempt: 1), Sample.commit(2, objects: [small], attempt: 2),
      Sample.commit(3),
    ])
    try store.saveSweep(name: "sweep", json: Array("{}".utf8))
    return (large, small)
  }

  private func file(_ digest: Digest) -> String {
    "\(path)/objects/\(digest.description.prefix(2))/\(digest.description.dropFirst(2))"
  }

  private func change(_ file: String, _ edit: (inout [UInt8]) -> Void) throws {
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
    edit(&bytes)
    try FileManager.default.removeItem(atPath: file)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
  }

  private func check() throws -> [Problem] { try Store.openForReading(at: path).check().problems }

  /// Repairs, and expects that the store is clean then and lacks just these tasks.
  private func repair(requeues tasks: [Int]) throws {
    let report = try Store.repair(at: path, owner: "test")
    #expect(report.requeued == tasks.map(Sample.task).sorted())
    #expect(try check().isEmpty)
    #expect(
      Set(try Store.openForReading(at: path).tasks()) == Set([1, 2, 3].filter { !tasks.contains($0) }.map(Sample.task)))
    let again = try Store.repair(at: path, owner: "test")
    #expect(again.problems.isEmpty && again.requeued.isEmpty)
  }

  @Test func aSoundStoreIsCleanAndRepairLeavesItAlone() throws {
    _ = try filled()
    let before = try Content(path)
    let store = try Store.openForReading(at: path)
    var last = (0, 0)
    let report = try store.check { last = ($0, $1) }
    #expect(report.isClean && report.objects == 2 && report.outcomes == 3)
    #expect(report.bytes == Sample.large(1).count + Sample.small(2).count)
    #expect(last == (2, 2))
    try repair(requeues: [])
    #expect(try Content(path) == before)
  }

  @Test(arguments: [0, 1, 20_000, 32_768]) func everyFlippedBitOfALargeObjectIsFound(position: Int) throws {
    let large = try filled().large
    try change(file(large)) { $0[position] ^= 0x10 }
    let store = try Store.openForReading(at: path)
    #expect(throws: StoreError.damagedObject(large, place: file(large))) { try store.read(large) }
    #expect(throws: StoreError.self) { try store.read(large, offset: 0, count: 10) }
    #expect(try check() == [.damagedObject(large, place: file(large))])
    try repair(requeues: [1])
    let kept = try FileManager.default.contentsOfDirectory(atPath: path + "/damaged")
    #expect(kept.contains { $0.hasPrefix(large.description) }, "damage is put aside, not deleted")
  }

  @Test func aTornLargeObjectIsFound() throws {
    let large = try filled().large
    for count in [0, 100, 32_000] {
      try change(file(large)) { $0 = Array($0.prefix(count)) }
      #expect(try check() == [.damagedObject(large, place: file(large))])
    }
    try repair(requeues: [1])
  }

  @Test func aMissingObjectIsNamedWithTheTasksThatNeedIt() throws {
    let (large, small) = try filled()
    try FileManager.default.removeItem(atPath: file(large))
    try Scratch.edit(path, "DELETE FROM object")
    let problems = try check()
    #expect(
      Set(problems.dropLast()) == [
        .missingObject(large, neededBy: [Sample.task(1)]),
        .missingObject(small, neededBy: [Sample.task(1), Sample.task(2)].sorted()),
      ])
    #expect("\(problems[0])".contains("missing"))
    #expect("\(problems[2])".contains("1 small object that were committed are gone"))
    try repair(requeues: [1, 2])
  }

  @Test func aDamagedSmallObjectTakesBackEveryTaskThatUsesIt() throws {
    let small = try filled().small
    try Scratch.edit(path, "UPDATE object SET bytes = x'00'")
    #expect(throws: StoreError.self) { try Store.openForReading(at: path).read(small) }
    #expect(try check() == [.damagedObject(small, place: path + "/winnow.sqlite")])
    try repair(requeues: [1, 2])
    let store = try Store.write(path)
    _ = try store.stage(Sample.small(2))
    #expect(try store.commit([Sample.commit(2, objects: [small])]) == [.stored])
    #expect(try store.check().isClean)
  }

  @Test(arguments: [
    "UPDATE outcome SET bytes = x'7b7d' WHERE rowid = 1", "UPDATE outcome SET objects = x'' WHERE rowid = 1",
    "UPDATE outcome SET seal = x'00' WHERE rowid = 1", "UPDATE task SET specification = x'7b7d' WHERE rowid = 1",
    "DELETE FROM task WHERE rowid = 1", "UPDATE task SET id = x'01' WHERE rowid = 1",
    "UPDATE outcome SET digest = x'01' WHERE rowid = 1",
    "UPDATE outcome SET objects = substr(objects, 1, 40) WHERE rowid = 1",
  ]) func aChangedRecordIsFoundAndItsTaskRunsAgain(statement: String) throws {
    _ = try filled()
    try Scratch.edit(path, statement)
    #expect(try !check().isEmpty)
    try repair(requeues: [1])
  }

  @Test func anOutcomeThatMovedToAnotherTaskIsFound() throws {
    _ = try filled()
    try Scratch.edit(path, "UPDATE outcome SET task = (SELECT id FROM task WHERE rowid = 2) WHERE rowid = 1")
    #expect(try !check().isEmpty)
    _ = try Store.repair(at: path, owner: "test")
    #expect(try check().isEmpty)
    #expect(try Store.openForReading(at: path).tasks() == [Sample.task(2), Sample.task(3)].sorted())
  }

  @Test(arguments: [
    "UPDATE attempt SET bytes = x'00'", "UPDATE sweep SET json = x'00'", "UPDATE attempt SET task = x'00'",
    "INSERT INTO failure VALUES (x'00', x'00', x'00')", "INSERT INTO object VALUES (x'00', 0, x'00')",
  ]) func otherChangedEntriesAreFoundAndPutAside(statement: String) throws {
    _ = try filled()
    try Scratch.edit(path, statement)
    #expect(try !check().isEmpty)
    try repair(requeues: [])
  }

  @Test func filesThatDoNotBelongAreFoundAndPutAside() throws {
    _ = try filled()
    for name in ["/objects/note.txt", "/objects/ab/cd", "/objects/zz/\(String(repeating: "a", count: 62))"] {
      let url = URL(fileURLWithPath: path + name)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("x".utf8).write(to: url)
    }
    #expect(try check().count == 3)
    try repair(requeues: [])
  }

  @Test func aDatabaseWithDestroyedPagesIsRebuiltFromWhatCanBeRead() throws {
    do {
      let store = try Store.write(path)
      for group in 0..<10 {
        let objects = try store.put([Sample.large(group)])
        _ = try store.commit((0..<50).map { Sample.commit(group * 50 + $0, objects: objects, attempt: $0) })
      }
    }
    try Scratch.edit(path, "PRAGMA user_version = 1")
    let before = try Content(path)
    for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + "/winnow.sqlite" + suffix) }
    let pages = try Data(contentsOf: URL(fileURLWithPath: path + "/winnow.sqlite")).count / 4096
    try change(path + "/winnow.sqlite") { bytes in
      for page in [pages / 3, pages / 2] {
        bytes.replaceSubrange(page * 4096..<(page + 1) * 4096, with: [UInt8](repeating: 0xAA, count: 4096))
      }
    }
    #expect(try check().contains { if case .database = $0 { true } else { false } })
    let report = try Store.repair(at: path, owner: "test")
    #expect(!report.problems.isEmpty)
    #expect(try check().isEmpty)
    let after = try Content(path)
    #expect(after.outcomes.count > before.outcomes.count / 4)
    #expect(after.outcomes.allSatisfy { before.outcomes[$0.key] == $0.value })
    #expect(after.objects.allSatisfy { before.objects[$0.key] == $0.value })
  }

  @Test func aDatabaseThatIsAllNoiseIsReplacedAndTheObjectsStay() throws {
    let large = try filled().large
    for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + "/winnow.sqlite" + suffix) }
    try change(path + "/winnow.sqlite") { $0 = Sample.bytes($0.count, 1) }
    let report = try Store.repair(at: path, owner: "test")
    #expect(!report.problems.isEmpty)
    let store = try Store.write(path)
    #expect(try store.check().isClean)
    #expect(try store.read(large) == Sample.large(1))
    #expect(store.epoch > Epoch(2), "the epoch does not begin anew")
  }
}
