import Cluster
import Core
import Foundation
import Testing
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

  private func spool() throws -> ResultSpool {
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
    let file = SlotRequest.File(name: "images", digest: Digest(of: "x"), path: "/cache/x")
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
