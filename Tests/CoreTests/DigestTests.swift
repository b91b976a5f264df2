import Core
import Testing

@Suite struct DigestTests {
  /// The examples of FIPS 180-2, appendix B, and the empty message.
  private static let examples = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
  ]

  @Test(arguments: examples) func publishedExamplesComeOut(message: String, digest: String) {
    #expect(Digest(of: message).description == digest)
  }

  @Test(arguments: examples) func piecesGiveTheDigestOfTheWhole(message: String, digest: String) {
    for size in [1, 63, 64, 65, 999] where message.utf8.count <= 1000 * size {
      let builder = DigestBuilder()
      let bytes = Array(message.utf8)
      for start in stride(from: 0, to: bytes.count, by: size) {
        builder.update(Array(bytes[start..<min(start + size, bytes.count)]))
      }
      #expect(builder.finalize().description == digest)
    }
  }

  @Test func textAndBytesReadBack() throws {
    for number in 0..<200 {
      let digest = Digest(of: "\(number)")
      #expect(Digest(digest.description) == digest)
      #expect(Digest(bytes: digest.bytes) == digest)
      #expect(digest.short == digest.description.prefix(12))
    }
  }

  @Test func whatIsNoDigestIsNotRead() {
    let text = Digest(of: "x").description
    for wrong in [
      "", String(text.dropLast()), text + "0", text.uppercased(), text.dropLast() + "g", text.dropLast() + "é",
    ] {
      #expect(Digest(wrong) == nil, "\(wrong)")
    }
    #expect(Digest(bytes: [UInt8](repeating: 0, count: 31)) == nil)
    #expect(Digest(bytes: [UInt8](repeating: 0, count: 33)) == nil)
  }

  @Test func orderIsThatOfTheText() {
    let digests = (0..<300).map { Digest(of: "\($0)") }
    #expect(digests.sorted().map(\.description) == digests.map(\.description).sorted())
  }

  @Test func hexadecimalReadsBackAndRefusesTheRest() {
    let bytes = Array(UInt8.min...UInt8.max)
    #expect(Hexadecimal.decode(Hexadecimal.encode(bytes)) == bytes)
    #expect(Hexadecimal.encode([0, 10, 255]) == "000aff")
    for wrong in ["0", "0g", "AB", " 0", "+1"] { #expect(Hexadecimal.decode(wrong) == nil) }
  }
}
