import Core
import Testing

@Suite struct LittleEndianTests {
  @Test func theLowestByteComesFirst() {
    #expect(UInt32(0x0403_0201).littleEndianBytes == [1, 2, 3, 4])
    #expect(UInt16.max.littleEndianBytes == [255, 255])
    #expect(UInt64(1).littleEndianBytes == [1, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test func whatIsWrittenIsReadAgain() {
    for number in [0, 1, 255, 256, 0x0123_4567_89AB_CDEF, UInt64.max] {
      #expect(UInt64(littleEndianBytes: number.littleEndianBytes) == number)
    }
    #expect(Int(littleEndianBytes: [0x10, 0x27]) == 10_000, "fewer bytes than the number has")
  }
}

@Suite struct NamingTests {
  private typealias Named = (name: String, id: Digest)
  private let known: [Named] = ["a", "b", "a"].enumerated().map { ($1, Digest(of: "\($0)")) }

  private func meant(_ text: String) -> [Digest] { known.called(text, name: \.name, id: \.id).map(\.id) }

  @Test func theLastOfANameIsMeantOrElseAllWhoseIDStartsSo() {
    #expect(meant("a") == [known[2].id])
    #expect(meant(String(known[1].id.description.prefix(12))) == [known[1].id])
    #expect(meant("no such").isEmpty && meant("").isEmpty)
  }
}
