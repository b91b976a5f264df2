import Core

/// Names an image by its content and its name in its source: 128 bits, the form of names in DataComp's subset files.
package struct SampleIdentifier: Hashable, Sendable, Comparable, BitwiseCopyable, CustomStringConvertible {
  /// The first and the last 64 bits.
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The first half of the SHA-256 of the source's name for the image (four bytes, little-endian) and its content: ``SampleSet/bytes(of:)``.
  package init(sourceID: UInt32, content: [UInt8]) {
    let bytes = Digest(of: sourceID.littleEndianBytes + content).bytes
    func word(_ range: Range<Int>) -> UInt64 { bytes[range].reduce(0) { $0 << 8 | UInt64($1) } }
    self.init(high: word(0..<8), low: word(8..<16))
  }

  /// Reads 32 hexadecimal digits.
  package init?(_ text: String) {
    guard text.utf8.count == 32, let high = UInt64(text.prefix(16), radix: 16),
      let low = UInt64(text.suffix(16), radix: 16)
    else { return nil }
    self.init(high: high, low: low)
  }

  /// 32 hexadecimal digits.
  package var description: String { [high, low].map(Self.digits).joined() }

  package static func < (left: SampleIdentifier, right: SampleIdentifier) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  private static func digits(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
