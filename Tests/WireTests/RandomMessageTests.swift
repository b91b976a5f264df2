import Core
import Testing
import Wire

@Suite("Messages with random contents") struct RandomMessageTests {
  @Test("every kind is decoded to what was encoded, to the same bytes again", arguments: 0..<MessageGenerator.kinds)
  func roundTrip(kind: Int) throws {
    var generator = MessageGenerator(seed: UInt64(kind))
    for _ in 0..<150 {
      let message = generator.message(kind)
      let frame = Frame.encode(message)
      let decoded = try Frame.decode(frame)
      #expect(decoded == message)
      #expect(Frame.encode(decoded) == frame)
      #expect(Frame.fits(message))
    }
  }

  @Test("the generator makes every type that the protocol has") func everyType() {
    var generator = MessageGenerator(seed: 0)
    let types = Set((0..<MessageGenerator.kinds).map { Array(Frame.encode(generator.message($0))[6..<8]) })
    let known = Set(Examples.messages.map { Array(Frame.encode($0)[6..<8]) })
    #expect(types == known && types.count == 34)
  }

  @Test("different messages have different frames") func injective() {
    var generator = MessageGenerator(seed: 77)
    var seen: [[UInt8]: Message] = [:]
    for round in 0..<3_000 {
      let message = generator.message(round % MessageGenerator.kinds)
      if let other = seen.updateValue(message, forKey: Frame.encode(message)) { #expect(other == message) }
    }
    #expect(seen.count > 2_000)
  }

  /// Whatever a changed frame is, it is refused, or read as a message that is written and read as itself.
  private func judge(_ frame: [UInt8]) throws -> Message? {
    guard let message = try? Frame.decode(frame) else { return nil }
    #expect(try Frame.decode(Frame.encode(message)) == message)
    return message
  }

  @Test("every single bit of every frame may flip") func bitFlips() throws {
    var (read, changed) = (0, 0)
    for (message, frame) in Examples.messages.map({ ($0, Frame.encode($0)) }) where frame.count < 800 {
      for place in frame.indices {
        for bit in 0..<8 {
          var flipped = frame
          flipped[place] ^= 1 << UInt8(bit)
          guard let found = try judge(flipped) else { continue }
          read += 1
          if found != message { changed += 1 }
        }
      }
    }
    // Most bits belong to digests and numbers: the frame is read, and says something else.
    #expect(read > 10_000 && changed > 10_000, "\(read) \(changed)")
  }

  @Test("a flipped bit of the header is named by what it hits") func header() throws {
    for message in Examples.messages {
      let frame = Frame.encode(message)
      for place in 0..<8 {
        for bit in 0..<8 {
          var flipped = frame
          flipped[place] ^= 1 << UInt8(bit)
          let problem = #expect(throws: FrameProblem.self) {
            let found = try Frame.decode(flipped)
            // Another type may have a body that reads alike, but it is another message.
            #expect(place >= 6 && found != message)
            throw FrameProblem.malformed("read as \(found)")
          }
          switch (place, problem) {
          case (0..<4, .notWinnow), (4..<6, .otherVersion), (6..<8, .unknownType), (6..<8, .malformed): break
          default: Issue.record("byte \(place), bit \(bit) of \(message): \(String(describing: problem))")
          }
        }
      }
    }
  }

  @Test("a frame may end anywhere, lose a byte or get one more") func cuts() throws {
    var generator = MessageGenerator(seed: 5)
    for frame in Examples.messages.map({ Frame.encode($0) }) where frame.count < 800 {
      for place in frame.indices {
        _ = try judge(Array(frame.prefix(place)))
        if place < 8 { #expect((try? Frame.decode(Array(frame.prefix(place)))) == nil) }
        var shorter = frame
        shorter.remove(at: place)
        _ = try judge(shorter)
        var longer = frame
        longer.insert(generator.byte(), at: place)
        _ = try judge(longer)
      }
    }
  }

  @Test("two bodies in a row are one message, or none: fields that come twice do no harm") func doubled() throws {
    for first in Examples.messages {
      for second in Examples.messages {
        let frame = Frame.encode(first)
        guard frame.count < 800 else { continue }
        _ = try judge(frame + Frame.encode(second).dropFirst(8).prefix(400))
      }
    }
  }
}
