import Cluster
import Coordination
import Core
import Foundation
import Testing
import Transport
import Wire

@Suite struct ClusterSpoolTests {
  private let scratch = ClusterScratch()

  @Test func resultsAndTheirObjectsSurviveTheAgent() throws {
    let ending = try finished("a", making: [1, 2, 3])
    try spool().add(ending)
    let next = try spool()
    #expect(next.all == [ending])
    #expect(FileManager.default.contents(atPath: next.path(of: Digest(of: [1, 2, 3] as [UInt8]))) == Data([1, 2, 3]))
  }

  @Test func anObjectStaysAsLongAsOneResultNeedsIt() throws {
    let spool = try spool()
    let (first, second) = (try finished("a", making: [7]), try finished("b", making: [7]))
    try spool.add(first)
    try spool.add(second)
    let path = spool.path(of: Digest(of: [7] as [UInt8]))
    spool.discard(first.attempt)
    #expect(FileManager.default.fileExists(atPath: path))
    spool.discard(second.attempt)
    #expect(!FileManager.default.fileExists(atPath: path))
    #expect(try self.spool().all.isEmpty)
  }

  @Test func aTornOrDamagedResultIsDroppedAndTheOthersStay() throws {
    let spool = try spool()
    let endings = try (0..<4).map { try finished("\($0)", making: [UInt8($0)]) }
    for ending in endings { try spool.add(ending) }
    let results = scratch.path + "/spool/results"
    let names = try FileManager.default.contentsOfDirectory(atPath: results).sorted()
    let torn = URL(fileURLWithPath: "\(results)/\(names[0])")
    try Data(contentsOf: torn).dropLast(1).write(to: torn)
    let damaged = URL(fileURLWithPath: "\(results)/\(names[1])")
    var bytes = try Data(contentsOf: damaged)
    bytes[bytes.count - 1] ^= 1
    try bytes.write(to: damaged)
    #expect(try self.spool().all.count == 2)
  }

  @Test func aResultWhoseObjectIsGoneIsDropped() throws {
    let spool = try spool()
    let ending = try finished("a", making: [9, 9])
    try spool.add(ending)
    try FileManager.default.removeItem(atPath: spool.path(of: Digest(of: [9, 9] as [UInt8])))
    #expect(try self.spool().all.isEmpty)
  }

  /// A damage that leaves the name and the length, or only the name.
  enum Damage: CaseIterable {
    case torn
    case flipped

    func strike(_ path: String) throws {
      let file = URL(fileURLWithPath: path)
      var bytes = try Data(contentsOf: file)
      if self == .torn { bytes.removeLast() } else { bytes[0] ^= 1 }
      // In place: the cache has the same file.
      let handle = try FileHandle(forWritingTo: file)
      try handle.write(contentsOf: bytes)
      try handle.truncate(atOffset: UInt64(bytes.count))
      try handle.close()
    }
  }

  @Test(arguments: Damage.allCases)
  func aResultWithADamagedObjectIsDroppedAndCanBeMadeAgain(damage: Damage) throws {
    let (good, bad) = (try finished("good", making: [1, 2, 3]), try finished("bad", making: [4, 5, 6]))
    let first = try spool()
    try first.add(good)
    try first.add(bad)
    let object = Digest(of: [4, 5, 6] as [UInt8])
    try damage.strike(first.path(of: object))
    let next = try spool()
    #expect(next.all == [good])
    #expect(!FileManager.default.fileExists(atPath: next.path(of: object)))
    let again = try finished("bad", making: [4, 5, 6])
    try next.add(again)
    #expect(FileManager.default.contents(atPath: next.path(of: object)) == Data([4, 5, 6]))
    #expect(try spool().all.count == 2)
  }

  @Test func whatAnAgentLeftHalfWrittenIsNoResult() throws {
    let ending = try finished("a", making: [1])
    try spool().add(ending)
    let directory = scratch.path + "/spool"
    try Data("half of a res".utf8).write(to: URL(fileURLWithPath: directory + "/unfinished-result"))
    try Data([1, 2]).write(to: URL(fileURLWithPath: directory + "/objects/\(Digest(of: "nobody's"))"))
    try Data([1, 2]).write(to: URL(fileURLWithPath: directory + "/objects/stranger"))
    let next = try spool()
    #expect(next.all == [ending])
    let objects = try FileManager.default.contentsOfDirectory(atPath: directory + "/objects")
    #expect(objects == ["\(Digest(of: [1] as [UInt8]))"])
    try next.add(try finished("b", making: [2]))
    #expect(try spool().all.count == 2)
  }

  @Test func aResultThatCannotBeKeptIsSaidAndNotHeld() throws {
    let spool = try spool()
    let ending = try finished("a", making: [5])
    try FileManager.default.removeItem(atPath: scratch.path + "/cache/objects/\(Digest(of: [5] as [UInt8]))")
    let lacking = #expect(throws: DiskError.self) { try spool.add(ending) }
    #expect(lacking?.description.contains("object of a result") == true)
    let other = try finished("b", making: [6])
    try FileManager.default.removeItem(atPath: scratch.path + "/spool/results")
    let unwritten = #expect(throws: DiskError.self) { try spool.add(other) }
    #expect(unwritten?.description.contains(scratch.path + "/spool") == true)
    #expect(spool.all.isEmpty)
    // What was never held can be let go of.
    spool.discard(ending.attempt)
  }

  @Test func whatWasUsedLastBeforeTheMachineStartedIsNotTrusted() throws {
    func cache(since start: Date) throws -> ObjectCache<HostDisk> {
      try ObjectCache(
        directory: scratch.path + "/cache", limit: 1 << 30, trustedSince: start.timeIntervalSince1970)
    }
    let start = Date(timeIntervalSinceNow: -1_000)
    let first = try cache(since: start)
    let digests = try (0..<3).map { try first.add([UInt8($0)]) }
    for digest in digests.prefix(2) {
      try FileManager.default.setAttributes(
        [.modificationDate: start.addingTimeInterval(-1)], ofItemAtPath: first.path(of: digest))
    }
    // A use says that it was looked at since.
    #expect(first.contains(digests[1]))
    let next = try cache(since: start)
    #expect(digests.map(next.contains) == [false, true, true])
    try next.add([0])
    #expect(try cache(since: start).contains(digests[0]))
    #expect(ThisHost.startedAt < Date().timeIntervalSince1970 && ThisHost.startedAt > 0)
  }

  @Test func theCacheGivesUpWhatWasUsedLongestAgoAndNothingNew() throws {
    let cache = try ObjectCache(directory: scratch.path + "/small", limit: 250)
    let old = try (0..<3).map { try cache.add([UInt8](repeating: UInt8($0), count: 100)) }
    // All are too young to go, although they take more than the limit.
    #expect(old.allSatisfy { FileManager.default.fileExists(atPath: cache.path(of: $0)) })
    for (age, digest) in old.enumerated() {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -10_000 + Double(age))], ofItemAtPath: cache.path(of: digest))
    }
    #expect(cache.contains(old[0]))
    let new = try cache.add([UInt8](repeating: 9, count: 100))
    let left = (old + [new]).filter { FileManager.default.fileExists(atPath: cache.path(of: $0)) }
    #expect(left == [old[0], new])
  }

  private func spool() throws -> ResultSpool<HostDisk> {
    let cache = try ObjectCache(directory: scratch.path + "/cache", limit: 1 << 30)
    return try ResultSpool(directory: scratch.path + "/spool", cache: cache)
  }

  private func finished(_ name: String, making bytes: [UInt8]) throws -> TaskEnding {
    let cache = try ObjectCache(directory: scratch.path + "/cache", limit: 1 << 30)
    let digest = try cache.add(bytes)
    return TaskEnding(
      attempt: AttemptName(task: TaskID(Digest(of: name)), epoch: Epoch(5)), seconds: 1,
      ending: .success(
        TaskEnding.Success(
          outcome: Array("{}".utf8), attempt: Array("{}".utf8),
          objects: [NamedObject(name: "bytes", digest: digest, size: bytes.count)])))
  }
}

@Suite struct ClusterMessageTests {
  private let attempt = AttemptName(task: TaskID(Digest(of: "task")), epoch: Epoch(77))

  @Test func slotMessagesReadBackAsTheyWereWritten() throws {
    #expect(try SlotRequest(bytes: request.bytes) == request)
    for reply in replies { #expect(try SlotReply(bytes: reply.bytes) == reply) }
  }

  @Test func ordersReadBackAsTheyWereWritten() throws {
    for order in [SlotOrder.run(request), .cancel(attempt)] { #expect(try SlotOrder(bytes: order.bytes) == order) }
    // A cancellation names the attempt that it means.
    let later = AttemptName(task: attempt.task, epoch: Epoch(78))
    #expect(try SlotOrder(bytes: SlotOrder.cancel(later).bytes) != .cancel(attempt))
    for order in [SlotOrder.run(request).bytes, SlotOrder.cancel(attempt).bytes] {
      #expect(throws: (any Error).self) { try SlotOrder(bytes: order + [0]) }
      #expect(throws: (any Error).self) { try SlotOrder(bytes: order.dropLast()) }
    }
  }

  @Test func damagedSlotMessagesNeverTrap() {
    var generator = SeededGenerator(seed: 1, purpose: "slot messages")
    for original in [request.bytes] + replies.map(\.bytes) {
      for _ in 0..<500 {
        var bytes = original
        for _ in 0...generator.integer(below: 4) {
          bytes[generator.integer(below: bytes.count)] = UInt8(truncatingIfNeeded: generator.next())
        }
        bytes.removeLast(generator.integer(below: bytes.count))
        _ = try? SlotRequest(bytes: bytes)
        _ = try? SlotReply(bytes: bytes)
      }
    }
  }

  private var request: SlotRequest {
    let file = SlotRequest.File(name: "images", digest: Digest(of: "x"), size: 9, path: "/cache/x")
    return SlotRequest(
      attempt: attempt, specification: [1, 2, 3], inputs: ["pool": [file, file], "none": []], sources: [file])
  }

  private var replies: [SlotReply] {
    let success = TaskEnding.Success(
      outcome: [1], attempt: [], objects: [NamedObject(name: "a", digest: Digest(of: "a"), size: 12)])
    return [
      .ready(core: "Haswell"), .progress(attempt, signs: 500, thousandths: 7),
      .finished(attempt, success, seconds: 1.5, problem: nil),
      .finished(attempt, success, seconds: 0, problem: "disk full"),
      .failed(attempt, .exception(lastWords: "no"), seconds: 2),
      .failed(attempt, .tooLarge(bytes: 5, objects: 6), seconds: 2), .stopped(attempt),
      .unreadable(attempt, Digest(of: "x")),
    ]
  }
}

@Suite struct RateMeterTests {
  @Test func itCountsTheLastMinuteOnly() {
    var meter = RateMeter(at: Instant(seconds: 100))
    #expect(meter.rate(at: Instant(seconds: 100)) == nil)
    for second in 0..<120 { meter.add(second < 60 ? 100 : 2, at: Instant(seconds: 100 + Double(second))) }
    let rate = meter.rate(at: Instant(seconds: 220))
    #expect(rate.map { abs($0 - 2) < 0.1 } == true)
    #expect(meter.rate(at: Instant(seconds: 1_000)) == nil)
  }
}
