import Core
import Testing
import Wire

@Suite struct FrameTests {
  @Test(arguments: Examples.messages) func whatIsEncodedIsDecoded(_ message: Message) throws {
    #expect(try Frame.decode(Frame.encode(message)) == message)
  }

  @Test func equalMessagesGiveEqualBytes() {
    for message in Examples.messages { #expect(Frame.encode(message) == Frame.encode(message)) }
  }

  @Test func bytesOfAStrangerAreNamedSo() {
    for bytes in [[], Array("GET / HTTP/1.1\r\n".utf8), Array("WNNW".utf8), [UInt8](repeating: 0xFF, count: 64)] {
      #expect(throws: FrameProblem.notWinnow) { try Frame.decode(bytes) }
    }
  }

  @Test func anotherVersionIsRecognisedWhateverItSays() {
    for message in Examples.messages {
      let problem = #expect(throws: FrameProblem.self) { try Frame.decode(Frame.encode(message, version: 900)) }
      guard case .otherVersion(900, _) = problem else {
        Issue.record("\(message): \(String(describing: problem))")
        continue
      }
    }
    var future = Frame.encode(.coordinator(.who), version: Frame.version + 1)
    future[7] = 250
    future += [0xFF, 0xFF, 0xFF]
    #expect(throws: FrameProblem.otherVersion(Frame.version + 1, reject: nil)) { try Frame.decode(future) }
  }

  @Test func aRefusalIsReadAcrossVersions() {
    let reject = Reject(reason: "please upgrade", retryAfterSeconds: 60)
    #expect(throws: FrameProblem.otherVersion(1, reject: reject)) {
      try Frame.decode(Frame.encode(.coordinator(.reject(reject)), version: 1))
    }
  }

  @Test func anUnknownTypeIsAnErrorValue() {
    var bytes = Frame.encode(.coordinator(.who))
    bytes[6] = 3
    #expect(throws: FrameProblem.unknownType(3 << 8 | 23)) { try Frame.decode(bytes) }
  }

  @Test func unknownFieldsAreSkipped() throws {
    // Field 1000, length-delimited, three bytes.
    let extra: [UInt8] = [0xC2, 0x3E, 0x03, 1, 2, 3]
    #expect(try Frame.decode(Frame.encode(.coordinator(.who)) + extra) == .coordinator(.who))
  }

  @Test func longFramesAreRefusedBeforeTheyAreRead() {
    let control = Frame.encode(.coordinator(.who)) + [UInt8](repeating: 0, count: Limits.controlFrame)
    #expect(throws: FrameProblem.tooLong(control.count, limit: Limits.controlFrame)) { try Frame.decode(control) }
    let get = GetRequest(digest: Digest(of: "x"), offset: 0, credits: 1)
    let bulk = Frame.encode(.objects(.get(get))) + [UInt8](repeating: 0, count: Limits.objectsFrame)
    #expect(throws: FrameProblem.tooLong(bulk.count, limit: Limits.objectsFrame)) { try Frame.decode(bulk) }
  }

  @Test func aWholeChunkFitsItsFrame() throws {
    let content = [UInt8](repeating: 0xAB, count: Limits.chunk)
    let chunk = Chunk(digest: Digest(of: "x"), offset: 1 << 39, size: 1 << 40, content: content)
    #expect(try Frame.decode(Frame.encode(.objects(.chunk(chunk)))) == .objects(.chunk(chunk)))
  }

  @Test func aFullHelloFitsItsFrame() throws {
    let report = AttemptReport(
      attempt: AttemptName(task: TaskID(Digest(of: "t")), epoch: Epoch(.max)), phase: .finished, progress: .max)
    let name = String(repeating: "n", count: Limits.name)
    let hello = Hello(
      worker: Examples.worker, sequence: .max, incarnation: .max, build: name, host: name, slots: Limits.slots,
      cores: Array(repeating: "Haswell", count: 30), attempts: Array(repeating: report, count: Limits.attempts))
    #expect(try Frame.decode(Frame.encode(.agent(.hello(hello)))) == .agent(.hello(hello)))
  }
}

/// What is on the wire already may be read by other builds: these bytes must not change within a protocol version.
@Suite struct StabilityTests {
  private func type(_ message: Message) -> Int {
    let bytes = Frame.encode(message)
    return Int(bytes[6]) << 8 | Int(bytes[7])
  }

  @Test func everyMessageKeepsItsNumber() {
    let numbers = Examples.messages.map { type($0) }
    #expect(
      numbers == [
        1, 2, 3, 4, 16, 17, 18, 19, 21, 22, 23, 24, 32, 32, 33, 34, 35, 36, 36, 37, 48, 48, 49, 50, 51, 52, 64, 65, 66,
        67,
        3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 20, 20, 20, 20, 53, 53, 54, 68, 68, 65,
        80, 80, 80, 80, 65, 50, 50, 81, 96, 1, 2, 3, 48, 65, 96,
      ])
  }

  @Test func aRefusalKeepsItsBytesInAllVersions() {
    let bytes = Frame.encode(.coordinator(.reject(Reject(reason: "no", retryAfterSeconds: 60))))
    #expect(bytes == Array("WNNW".utf8) + [0, 3, 0, 24, 0x0A, 2, 0x6E, 0x6F, 0x11, 0, 0, 0, 0, 0, 0, 0x4E, 0x40])
  }

  @Test func aResultKeepsItsBytes() {
    let ending = TaskEnding(
      attempt: AttemptName(task: TaskID(Digest(of: "task")), epoch: Epoch(300)), seconds: 1,
      ending: .failure(.init(.exception(lastWords: "x"))))
    let task = [0x0A, 32] + Digest(of: "task").bytes
    let rest: [UInt8] = [0x10, 0xAC, 0x02, 0x19, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0x2A, 5, 0x08, 1, 0x12, 1, 0x78]
    #expect(Array(Frame.encode(.agent(.result(ending))).dropFirst(8)) == task + rest)
  }
}
