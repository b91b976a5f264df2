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
    #expect(throws: FrameProblem.otherVersion(2, reject: reject)) {
      try Frame.decode(Frame.encode(.coordinator(.reject(reject)), version: 2))
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
      sequence: .max, incarnation: .max, build: name, host: name, slots: Limits.slots,
      cores: Array(repeating: "Haswell", count: 30), attempts: Array(repeating: report, count: Limits.attempts))
    #expect(try Frame.decode(Frame.encode(.agent(.hello(hello)))) == .agent(.hello(hello)))
  }
}
