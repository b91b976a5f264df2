/// The block of 512 bytes before a member of a tar archive.
struct TarHeader {
  let path: String
  /// The name is not UTF-8.
  let hasBadName: Bool
  /// Bytes of the content; nil for a field that is no number below 2^48.
  let size: Int?
  let kind: Character

  /// nil where the check sum is wrong: then it is no header.
  init?(_ block: [UInt8]) {
    guard let sum = Self.number(block[148..<156]) else { return nil }
    // The sum is taken with blanks in its own place. Old programs added signed bytes.
    var (unsigned, signed) = (8 * 32, 8 * 32)
    for (index, byte) in block.enumerated() where !(148..<156).contains(index) {
      unsigned += Int(byte)
      signed += Int(Int8(bitPattern: byte))
    }
    guard sum == unsigned || sum == signed else { return nil }
    let isPosix = block[257..<263].elementsEqual([0x75, 0x73, 0x74, 0x61, 0x72, 0])
    let prefix = isPosix ? block[345..<500].prefix { $0 != 0 } : []
    let name = block[0..<100].prefix { $0 != 0 }
    let bytes = prefix.isEmpty ? Array(name) : Array(prefix) + [UInt8(ascii: "/")] + name
    path = String(decoding: bytes, as: UTF8.self)
    hasBadName = String(validating: bytes, as: UTF8.self) == nil
    size = Self.number(block[124..<136])
    kind = Character(Unicode.Scalar(block[156]))
  }

  /// Links, devices, pipes and folders have none, whatever their size says.
  var hasContent: Bool { !("1"..."6").contains(kind) }

  /// Octal digits between blanks and zeros, or GNU's big-endian form for what does not fit.
  private static func number(_ field: ArraySlice<UInt8>) -> Int? {
    let value: Int
    if field.first == 0x80 {
      guard field.dropFirst().dropLast(6).allSatisfy({ $0 == 0 }) else { return nil }
      value = field.suffix(6).reduce(0) { $0 << 8 | Int($1) }
    } else {
      let digits = field.drop { $0 == 0x20 || $0 == 0 }.prefix { $0 != 0x20 && $0 != 0 }
      guard digits.allSatisfy({ (0x30...0x37).contains($0) }) else { return nil }
      value = digits.reduce(0) { $0 << 3 | Int($1 - 0x30) }
    }
    return value < 1 << 48 ? value : nil
  }
}
