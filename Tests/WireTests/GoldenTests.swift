import Foundation
import Testing
import Wire

/// Frames as they travel. A change of these bytes is a change of the protocol, and needs a new version of it.
@Suite struct GoldenTests {
  @Test func everyMessageHasItsBytes() throws {
    #expect(Golden.frames.count == Examples.messages.count)
    for (message, golden) in zip(Examples.messages, Golden.frames) {
      let hexadecimal = Frame.encode(message).map { String(format: "%02x", $0) }.joined()
      #expect(hexadecimal == golden, "\(message)")
      let bytes = stride(from: 0, to: golden.count, by: 2).map { place in
        let start = golden.index(golden.startIndex, offsetBy: place)
        return UInt8(golden[start..<golden.index(start, offsetBy: 2)], radix: 16)!
      }
      #expect(try Frame.decode(bytes) == message, "\(golden)")
    }
  }
}
