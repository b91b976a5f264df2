import CCrypto

/// A SHA-256 digest: the name of an object's bytes.
package struct Digest: Hashable, Sendable, Comparable, CustomStringConvertible {
  // Four words rather than an array: a coordinator holds millions of them.
  private let words: SIMD4<UInt64>

  /// The digest of `content`.
  package init(of content: [UInt8]) {
    var output = [UInt8](repeating: 0, count: 32)
    _ = SHA256(content, content.count, &output)
    self.init(bytes: output)!
  }

  /// The digest of the UTF-8 form of `text`.
  package init(of text: String) { self.init(of: Array(text.utf8)) }

  /// Takes 32 raw bytes; nil for any other length.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    var words = SIMD4<UInt64>()
    for (index, byte) in bytes.enumerated() { words[index / 8] = words[index / 8] << 8 | UInt64(byte) }
    self.words = words
  }

  /// Reads 64 lower-case hexadecimal digits; nil for anything else.
  package init?(_ text: String) {
    guard let bytes = Hexadecimal.decode(text) else { return nil }
    self.init(bytes: bytes)
  }

  /// 32 raw bytes.
  package var bytes: [UInt8] {
    (0..<32).map { UInt8(truncatingIfNeeded: words[$0 / 8] >> UInt64(56 - $0 % 8 * 8)) }
  }

  /// 64 lower-case hexadecimal digits.
  package var description: String { Hexadecimal.encode(bytes) }

  /// The first 12 digits, for people.
  package var short: String { String(description.prefix(12)) }

  package static func < (left: Digest, right: Digest) -> Bool {
    for index in 0..<4 where left.words[index] != right.words[index] { return left.words[index] < right.words[index] }
    return false
  }
}

/// Computes one digest over content that arrives in pieces.
package final class DigestBuilder {
  private let context = EVP_MD_CTX_new()

  package init() { EVP_DigestInit_ex(context, EVP_sha256(), nil) }
  deinit { EVP_MD_CTX_free(context) }

  /// Adds the next piece.
  package func update(_ piece: [UInt8]) { EVP_DigestUpdate(context, piece, piece.count) }

  /// The digest of everything added. The builder is spent afterwards.
  package func finalize() -> Digest {
    var output = [UInt8](repeating: 0, count: 32)
    EVP_DigestFinal_ex(context, &output, nil)
    return Digest(bytes: output)!
  }
}

/// Lower-case hexadecimal text.
package enum Hexadecimal {
  private static let digits = Array("0123456789abcdef".utf8)

  /// Two digits a byte.
  package static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes; nil when `text` has an odd length or a character other than 0–9 and a–f.
  package static func decode(_ text: String) -> [UInt8]? {
    let characters = Array(text.utf8)
    guard characters.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(characters.count / 2)
    for index in stride(from: 0, to: characters.count, by: 2) {
      guard let high = value(characters[index]), let low = value(characters[index + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  private static func value(_ character: UInt8) -> UInt8? {
    switch character {
    case 0x30...0x39: character - 0x30
    case 0x61...0x66: character - 0x61 + 10
    default: nil
    }
  }
}
