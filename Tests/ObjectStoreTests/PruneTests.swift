import Core
import Foundation
import ObjectStore
import Testing

@Suite struct PruneTests {
  let scratch = Scratch()
  var path: String { scratch.sub("store") }

  private func mention(_ digest: Digest) -> [UInt8] { (["input": .string(digest.description)] as JSONValue).canonical }

  @Test func onlyUnreachableOldObjectsGo() throws {
    let store = try Store.write(path)
    let used = try store.put([Sample.small(1), Sample.large(2)])
    let unused = try store.put([Sample.small(3), Sample.large(4)])
    _ = try store.commit([Sample.commit(1, objects: used)])
    let spared = try store.prune(graceSeconds: 3600, dryRun: false)
    #expect(spared.objects.isEmpty && spared.spared == 2)
    let rehearsal = try store.prune(graceSeconds: 0)
    #expect(rehearsal.objects == unused.sorted())
    #expect(rehearsal.bytes == Sample.small(3).count + Sample.large(4).count)
    #expect(try store.contains(unused).count == 2)
    #expect(try store.prune(graceSeconds: 0, dryRun: false) == rehearsal)
    #expect(try store.objects().map(\.digest) == used.sorted())
    #expect(try store.check().isClean)
  }

  @Test func whatSpecificationsOutcomesAttemptsFailuresAndSweepsMentionStays() throws {
    let store = try Store.write(path)
    let digests = try store.put((0..<5).map { Sample.large($0) })
    let specification = mention(digests[0])
    _ = try store.commit([
      Commit(
        task: TaskID(Digest(of: specification)), specification: specification, outcome: mention(digests[1]),
        objects: [],
        attempt: mention(digests[2]))
    ])
    try store.saveFailure(
      FailureRecord(task: Sample.task(9), specification: Sample.specification(9), report: mention(digests[3])))
    try store.saveSweep(name: "x", json: mention(digests[4]))
    #expect(try store.prune(graceSeconds: 0, dryRun: false).objects.isEmpty)
    #expect(try store.clearFailures(of: nil) == 1)
    #expect(try store.prune(graceSeconds: 0, dryRun: false).objects == [digests[3]])
  }

  @Test func piecesOfObjectsThatNeverArrivedGoToo() throws {
    let store = try Store.write(path)
    let content = Sample.large(1)
    do { try store.receive(Digest(of: content), size: content.count)?.append(Array(content[..<100]), at: 0) }
    _ = try store.prune(graceSeconds: 3600, dryRun: false)
    #expect(try store.receive(Digest(of: content), size: content.count)?.received == 100)
    _ = try store.prune(graceSeconds: 0, dryRun: false)
    #expect(try store.receive(Digest(of: content), size: content.count)?.received == 0)
  }
}
