import Core
import Testing
import Wire

@Suite struct HostileFrameTests {
  private let header = Array(Frame.encode(.coordinator(.who)).prefix(6))

  /// The body's bytes under a type number.
  private func decode(_ type: UInt16, _ body: [UInt8]) throws(FrameProblem) -> Message {
    try Frame.decode(header + [UInt8(type >> 8), UInt8(type & 255)] + body)
  }

  @Test func fieldsOutOfRangeAreMalformed() {
    // An acknowledgement whose digest has 3 bytes.
    #expect(throws: FrameProblem.malformed("task: a digest has 32 bytes, not 3")) {
      try decode(19, [0x0A, 3, 1, 2, 3])
    }
    // A welcome with a negative interval (-1.0), and one with NaN.
    #expect(throws: FrameProblem.self) { try decode(16, [0x11, 0, 0, 0, 0, 0, 0, 0xF0, 0xBF]) }
    #expect(throws: FrameProblem.self) { try decode(16, [0x11, 0, 0, 0, 0, 0, 0, 0xF8, 0x7F]) }
    // A result without an ending.
    let task = [0x0A, 32] + Digest(of: "t").bytes
    #expect(throws: FrameProblem.malformed("a result has neither an outcome nor a failure")) { try decode(3, task) }
    // More slots than any host has.
    let worker: [UInt8] = [0x42, 16] + Examples.worker.bytes
    #expect(throws: FrameProblem.malformed("slots: 1025 pass the limit of 1024")) {
      try decode(1, worker + [0x28, 0x81, 0x08])
    }
    // A body that ends in the middle of a length.
    #expect(throws: FrameProblem.malformed("the body of a hello cannot be read")) { try decode(1, [0x1A, 0xFF]) }
  }

  @Test func aChunkBeyondItsObjectIsMalformed() {
    let digest = [0x0A, 32] + Digest(of: "t").bytes
    #expect(throws: FrameProblem.self) { try decode(35, digest + [0x10, 8, 0x18, 10, 0x22, 3, 1, 2, 3]) }
    #expect(throws: FrameProblem.self) {
      try decode(
        35, digest + [0x10] + [UInt8](repeating: 0xFF, count: 9) + [1, 0x18] + [UInt8](repeating: 0xFF, count: 9) + [1])
    }
  }

  @Test func mutatedFramesNeverTrapAndWhatIsReadCanBeWritten() throws {
    var generator = SeededGenerator(seed: 1, purpose: "mutated frames")
    let frames = Examples.messages.map { Frame.encode($0) }
    var read = 0
    for round in 0..<60_000 {
      let frame = mutate(frames[round % frames.count], &generator)
      guard let message = try? Frame.decode(frame) else { continue }
      read += 1
      // NaN is refused, so what was read equals itself.
      #expect(try Frame.decode(Frame.encode(message)) == message)
    }
    // Enough mutants must be readable, or the test would only try the header.
    #expect(read > 5_000)
  }

  @Test func randomBodiesNeverTrap() {
    var generator = SeededGenerator(seed: 2, purpose: "random bodies")
    for round in 0..<40_000 {
      let body = (0..<generator.integer(below: 80)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
      _ = try? decode(UInt16(round % 70), body)
    }
  }

  private func mutate(_ frame: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var frame = frame
    for _ in 0...generator.integer(below: 3) {
      guard !frame.isEmpty else { break }
      // Mostly behind the header.
      let from = generator.uniform() < 0.95 && frame.count > 8 ? 8 : 0
      let place = from + generator.integer(below: frame.count - from)
      switch generator.integer(below: 5) {
      case 0: frame[place] ^= 1 << UInt8(generator.integer(below: 8))
      case 1: frame[place] = UInt8(truncatingIfNeeded: generator.next())
      case 2: frame.remove(at: place)
      case 3: frame.insert(UInt8(truncatingIfNeeded: generator.next()), at: place)
      default: frame = Array(frame.prefix(place))
      }
    }
    return frame
  }
}
