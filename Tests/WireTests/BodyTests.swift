import Core
import Sweeps
import Testing
import Wire

/// Bodies that no build of ours writes, spelled field by field.
@Suite("Fields that are wrong") struct BodyTests {
  /// A protobuf writer of its own, so that what is tested is not what writes.
  private enum Field {
    static func varint(_ value: UInt64) -> [UInt8] {
      var (bytes, rest): ([UInt8], UInt64) = ([], value)
      repeat {
        bytes.append(UInt8(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0))
        rest >>= 7
      } while rest > 0
      return bytes
    }

    static func number(_ field: UInt64, _ value: UInt64) -> [UInt8] { varint(field << 3) + varint(value) }

    static func bytes(_ field: UInt64, _ content: [UInt8]) -> [UInt8] {
      varint(field << 3 | 2) + varint(UInt64(content.count)) + content
    }

    static func double(_ field: UInt64, _ value: Double) -> [UInt8] {
      varint(field << 3 | 1) + (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt64($0))) }
    }
  }

  private static let task = Field.bytes(1, Digest(of: "task").bytes)

  private func problem(_ type: UInt8, _ body: [UInt8], location: SourceLocation = #_sourceLocation) -> String? {
    let frame = Array("WNNW".utf8) + [0, UInt8(Frame.version), 0, type] + body
    let problem = #expect(throws: FrameProblem.self, sourceLocation: location) { try Frame.decode(frame) }
    return problem?.description
  }

  private func decode(_ type: UInt8, _ body: [UInt8]) throws -> Message {
    try Frame.decode(Array("WNNW".utf8) + [0, UInt8(Frame.version), 0, type] + body)
  }

  @Test("the writer of this suite writes what the build reads") func writer() throws {
    #expect(
      try decode(19, Self.task + Field.number(2, 300))
        == .coordinator(.acknowledgement(AttemptName(task: TaskID(Digest(of: "task")), epoch: Epoch(300)))))
    #expect(
      try decode(24, Field.bytes(1, [0x6E, 0x6F]) + Field.double(2, 60))
        == .coordinator(.reject(Reject(reason: "no", retryAfterSeconds: 60))))
  }

  @Test("numbers that stand for nothing are named") func enumerations() {
    for phase: UInt64 in [0, 4, 1 << 31] {
      let attempt = Self.task + Field.number(3, phase)
      #expect(
        problem(1, Field.bytes(8, Examples.worker.bytes) + Field.bytes(7, attempt))
          == "attempt: phase \(phase) is not known")
      #expect(problem(2, Field.bytes(5, attempt)) == "attempt: phase \(phase) is not known")
    }
    for cause: UInt64 in [0, 14] {
      let failure = Field.bytes(5, Field.number(1, cause))
      #expect(problem(3, Self.task + failure) == "failure: cause \(cause) is not known")
    }
    for excess: UInt64 in [0, 5] {
      let failure = Field.bytes(5, Field.number(1, 11) + Field.number(5, excess))
      #expect(problem(3, Self.task + failure) == "failure: excess \(excess) is not known")
    }
    for cause: UInt64 in [0, 5] {
      #expect(problem(20, Self.task + Field.number(3, cause)) == "rejection: cause \(cause) is not known")
    }
    for state: UInt64 in [0, 5] {
      let worker = Field.bytes(1, Examples.worker.bytes) + Field.number(4, state)
      #expect(problem(65, Field.bytes(18, worker)) == "worker: state \(state) is not known")
    }
  }

  @Test("digests have 32 bytes, wherever they stand") func digests() {
    for count in [0, 31, 33] {
      let digest = [UInt8](repeating: 1, count: count)
      let sentence = "a digest has 32 bytes, not \(count)"
      for (type, field, name) in [
        (19, 1, "task"), (21, 1, "task"), (34, 1, "digest"), (35, 1, "digest"), (36, 1, "digest"),
        (37, 1, "digest"), (64, 1, "sweep"), (33, 2, "lacking"),
      ] as [(UInt8, UInt64, String)] {
        #expect(problem(type, Field.bytes(field, digest)) == "\(name): \(sentence)")
      }
      #expect(problem(32, Field.bytes(3, Field.bytes(1, digest))) == "object: \(sentence)")
      let missing = Field.bytes(5, Field.number(1, 4) + Field.bytes(4, digest))
      #expect(problem(3, Self.task + missing) == "object: \(sentence)")
    }
    #expect(problem(53, Field.bytes(1, [1])) == "sweep: a digest has 32 bytes, not 1")
  }

  @Test("a worker's name has 16 bytes and does not begin with 0") func workers() {
    for name in [[], [UInt8](repeating: 1, count: 15), [0] + [UInt8](repeating: 1, count: 15)] as [[UInt8]] {
      #expect(
        problem(65, Field.bytes(18, Field.bytes(1, name) + Field.number(4, 1))) == "worker: no name of a worker")
      #expect(problem(1, Field.bytes(8, name)) == "worker: no name of a worker")
      let running = Self.task + Field.bytes(3, name)
      #expect(problem(65, Field.bytes(19, running)) == "worker: no name of a worker")
    }
  }

  @Test("texts are UTF-8") func texts() {
    for text in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE7, 0x95]] as [[UInt8]] {
      #expect(problem(66, Field.bytes(1, text)) == "the body of a done cannot be read")
    }
  }

  @Test("a result with two endings has the last one") func twoEndings() throws {
    let failure = Field.bytes(5, Field.number(1, 3))
    let success = Field.bytes(4, Field.bytes(1, [7]))
    let name = AttemptName(task: TaskID(Digest(of: "task")), epoch: Epoch(0))
    #expect(
      try decode(3, Self.task + success + failure)
        == .agent(.result(TaskEnding(attempt: name, seconds: 0, ending: .failure(.init(.handedBack))))))
    #expect(
      try decode(3, Self.task + failure + success)
        == .agent(
          .result(
            TaskEnding(
              attempt: name, seconds: 0, ending: .success(.init(outcome: [7], attempt: [], objects: []))))))
  }

  @Test("what says nothing reads as nothing: an empty kernel, problem and sweep are none") func absent() throws {
    #expect(
      try decode(36, Field.bytes(1, Digest(of: "x").bytes))
        == .objects(.putReply(PutReply(digest: Digest(of: "x"), offset: 0, stored: false, problem: nil))))
    #expect(try decode(53, []) == .client(.failures(sweep: nil, from: 0)))
    #expect(try decode(65, []) == .reply(.status(ClusterStatus())))
    #expect(try decode(17, []) == .coordinator(.grants([])))
  }

  @Test("problems are sentences for people") func sentences() {
    #expect(FrameProblem.notWinnow.description == "the bytes are not Winnow's")
    #expect(FrameProblem.unknownType(99).description == "message type 99 is not known")
    #expect(FrameProblem.tooLong(9, limit: 8).description == "a frame of 9 bytes passes the limit of 8")
    let reject = Reject(reason: "please upgrade", retryAfterSeconds: 1)
    #expect(
      FrameProblem.otherVersion(7, reject: reject).description
        == "the peer speaks protocol version 7, this build speaks \(Frame.version); it says: please upgrade")
  }
}

@Suite("What a cluster says of itself") struct ClusterStatusTests {
  @Test("states add up to all tasks, and a sweep is finished when nothing more happens by itself") func counts() {
    var generator = MessageGenerator(seed: 1)
    for _ in 0..<500 {
      var counts = generator.counts()
      #expect(counts.total == counts.unfinished + counts.done + counts.stuck + counts.withdrawn)
      #expect(counts.isFinished == (counts.waiting == 0 && counts.ready == 0 && counts.running == 0))
      (counts.waiting, counts.ready, counts.running) = (0, 0, 0)
      #expect(counts.isFinished && counts.total == counts.done + counts.stuck + counts.withdrawn)
    }
    #expect(Examples.status.counts.total == 36 && Examples.status.counts.stuck == 18)
  }

  @Test("the counts of one sweep are its own, those of no sweep are all") func countsOfOne() {
    var status = Examples.status
    var counts = SweepCounts()
    counts.done = 77
    status.sweeps.append(
      SweepStatus(id: Digest(of: "other"), name: "o", isFinished: true, isCancelled: false, counts: counts))
    #expect(status.counts(of: Digest(of: "other")).done == 77)
    #expect(status.counts(of: Digest(of: "sweep")) == status.sweeps[0].counts)
    #expect(status.counts(of: nil) == status.counts && status.counts(of: Digest(of: "unheard of")) == status.counts)
  }

  @Test("another attempt at the same task differs in its name only") func renamed() {
    let name = AttemptName(task: Examples.attempt.task, epoch: Examples.attempt.epoch.next)
    let renamed = Examples.grant.renamed(name)
    #expect(renamed.attempt == name && renamed != Examples.grant && renamed.renamed(Examples.attempt) == Examples.grant)
  }

  @Test("who is to blame follows from the cause") func blame() {
    let kinds = Examples.causes.map { TaskEnding.Failure($0).kind }
    #expect(
      kinds == [
        .exception, .processDied, .processDied, .processDied, .processDied, .handedBack, .unavailable, .unavailable,
        .exception, .exception, .exception, .exception, .exception, .exception, .exception,
      ])
    #expect(Set(kinds) == Set(TaskEnding.FailureClass.allCases))
  }
}
