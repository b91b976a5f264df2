import Core
import Foundation
import ObjectStore
import Testing

/// Bytes that are let go on purpose, while the records that name them stay.
@Suite struct ReleaseTests {
  let scratch = Scratch()
  var path: String { scratch.sub("store") }

  private func task(_ number: Int) -> TaskID { Sample.task(number) }

  @Test func onlyWhatNoOtherOutcomeNamesGoes() throws {
    let store = try Store.write(path)
    let digests = try store.put([Sample.large(1), Sample.large(2), Sample.small(3)])
    _ = try store.commit([
      Sample.commit(1, objects: digests), Sample.commit(2, objects: [digests[1]]),
    ])
    let rehearsal = try store.release(Set(digests), madeBy: [task(1)], dryRun: true)
    #expect(rehearsal == ReleaseReport(objects: 2, bytes: Sample.large(1).count + Sample.small(3).count))
    #expect(try store.contains(digests).count == 3)
    #expect(try store.release(Set(digests), madeBy: [task(1)], dryRun: false) == rehearsal)
    #expect(try store.objects().map(\.digest) == [digests[1]])
    #expect(try store.released(among: digests) == [digests[0], digests[2]])
    #expect(try store.release(Set(digests), madeBy: [task(1)], dryRun: false) == ReleaseReport())
    let report = try store.check()
    #expect(report.isClean && report.released == 2, "\(report.problems)")
    #expect(try store.outcome(of: task(1))?.bytes == Sample.outcome(1, objects: digests))
  }

  @Test func readingSaysThatItWasNotKept() throws {
    let store = try Store.write(path)
    let digests = try store.put([Sample.large(1), Sample.small(2)])
    _ = try store.commit([Sample.commit(1, objects: digests)])
    _ = try store.release(Set(digests), madeBy: [task(1)], dryRun: false)
    for digest in digests {
      #expect(throws: StoreError.releasedObject(digest)) { try store.read(digest) }
      #expect(try store.size(of: digest) == nil)
    }
    #expect(throws: StoreError.missingObject(Digest(of: "other"))) { try store.read(Digest(of: "other")) }
    #expect("\(StoreError.releasedObject(digests[0]))".contains("was not kept"))
  }

  @Test func whatComesBackIsThereAgain() throws {
    let store = try Store.write(path)
    let digests = try store.put([Sample.large(1), Sample.small(2)])
    _ = try store.commit([Sample.commit(1, objects: digests)])
    _ = try store.release(Set(digests), madeBy: [task(1)], dryRun: false)
    try store.put([Sample.large(1), Sample.small(2)])
    #expect(try store.commit([Sample.commit(1, objects: digests, attempt: 2)]) == [.alreadyKnown])
    #expect(try store.read(digests[0]) == Sample.large(1) && store.read(digests[1]) == Sample.small(2))
    #expect(try store.released(among: digests).isEmpty && store.check().released == 0)
  }

  @Test func aCommitStillNeedsItsObjects() throws {
    let store = try Store.write(path)
    let digests = try store.put([Sample.large(1)])
    _ = try store.commit([Sample.commit(1, objects: digests)])
    _ = try store.release(Set(digests), madeBy: [task(1)], dryRun: false)
    #expect(throws: StoreError.missingObject(digests[0])) {
      try store.commit([Sample.commit(2, objects: digests)])
    }
  }

  @Test func mergedStoresMissNothing() throws {
    let (one, other) = (scratch.sub("one"), scratch.sub("other"))
    let content = Sample.large(1)
    do {
      let store = try Store.write(one)
      let digests = try store.put([content])
      _ = try store.commit([Sample.commit(1, objects: digests)])
      _ = try store.release(Set(digests), madeBy: [task(1)], dryRun: false)
    }
    #expect(try Store.merge(from: one, into: other, owner: "test").outcomes == 1)
    let merged = try Store.openForReading(at: other)
    let report = try merged.check()
    #expect(report.isClean && report.released == 1)
    #expect(throws: StoreError.releasedObject(Digest(of: content))) { try merged.read(Digest(of: content)) }
  }

  @Test func whatIsGoneWithoutLeaveIsStillMissed() throws {
    do {
      let store = try Store.write(path)
      let digests = try store.put([Sample.large(1), Sample.large(2)])
      _ = try store.commit([Sample.commit(1, objects: digests)])
      _ = try store.release([digests[0]], madeBy: [task(1)], dryRun: false)
    }
    let lost = Digest(of: Sample.large(2)).description
    try FileManager.default.removeItem(atPath: "\(path)/objects/\(lost.prefix(2))/\(lost.dropFirst(2))")
    let problems = try Store.openForReading(at: path).check().problems
    #expect(problems == [.missingObject(Digest(of: Sample.large(2)), neededBy: [task(1)])])
  }
}
