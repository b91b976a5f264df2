/// The string literals of a Swift file, also those inside interpolations, read off its text.
struct SwiftLiterals {
  struct Literal {
    /// From 1.
    let line: Int
    /// What stands in front of it, back to the last argument label, bracket or comma, without spaces: `english:`.
    let before: String
    /// Its text; every interpolation is ``hole``.
    let text: String
  }

  static let hole: Character = "\u{FFFC}"

  /// In the order in which they end.
  private(set) var literals: [Literal] = []
  private let bytes: [UInt8]
  private var position = 0

  init(_ source: String) {
    // The end, so that looking ahead needs no care.
    bytes = Array(source.utf8) + [0, 0, 0]
    skipCode(untilBracket: false)
  }

  private func sees(_ text: StaticString, at place: Int) -> Bool {
    place + text.utf8CodeUnitCount <= bytes.count
      && (0..<text.utf8CodeUnitCount).allSatisfy { bytes[place + $0] == text.utf8Start[$0] }
  }

  /// Code up to the end, or up to the bracket that closes an interpolation.
  private mutating func skipCode(untilBracket: Bool) {
    var depth = 0
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "/") where sees("//", at: position):
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
        continue
      case UInt8(ascii: "\""):
        readLiteral(hashes: 0)
        continue
      case UInt8(ascii: "#"):
        var hashes = 0
        while bytes[position + hashes] == UInt8(ascii: "#") { hashes += 1 }
        if bytes[position + hashes] == UInt8(ascii: "\"") {
          readLiteral(hashes: hashes)
          continue
        }
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"):
        if untilBracket, depth == 0 {
          position += 1
          return
        }
        depth -= 1
      default: break
      }
      position += 1
    }
  }

  private mutating func readLiteral(hashes: Int) {
    let start = position
    position += hashes
    let quotes = sees("\"\"\"", at: position) ? 3 : 1
    position += quotes
    var text: [UInt8] = []
    func ends(_ place: Int) -> Bool {
      (0..<quotes).allSatisfy { bytes[place + $0] == UInt8(ascii: "\"") }
        && (0..<hashes).allSatisfy { bytes[place + quotes + $0] == UInt8(ascii: "#") }
    }
    func escapes(_ place: Int) -> Bool {
      bytes[place] == UInt8(ascii: "\\") && (0..<hashes).allSatisfy { bytes[place + 1 + $0] == UInt8(ascii: "#") }
    }
    while position + quotes + hashes < bytes.count, !ends(position) {
      guard escapes(position) else {
        text.append(bytes[position])
        position += 1
        continue
      }
      position += 1 + hashes
      switch bytes[position] {
      case UInt8(ascii: "("):
        position += 1
        skipCode(untilBracket: true)
        text += Array(String(Self.hole).utf8)
      case UInt8(ascii: "u"):
        let digits = bytes[(position + 2)...].prefix { $0 != UInt8(ascii: "}") }
        let scalar = UInt32(String(decoding: digits, as: UTF8.self), radix: 16).flatMap(Unicode.Scalar.init)
        text += Array(String(Character(scalar ?? "?")).utf8)
        position = digits.endIndex + 1
      default:
        text.append(UInt8(ascii: " "))
        position += 1
      }
    }
    position += quotes + hashes
    literals.append(
      Literal(
        line: bytes[..<start].count { $0 == UInt8(ascii: "\n") } + 1, before: label(before: start),
        text: String(decoding: text, as: UTF8.self)))
  }

  private func label(before start: Int) -> String {
    let stops = Set("(,[{\n".utf8)
    let space = Set(" \n".utf8)
    let end = bytes[..<start].lastIndex { !space.contains($0) }.map { $0 + 1 } ?? 0
    let begin = bytes[..<end].lastIndex { stops.contains($0) }.map { $0 + 1 } ?? 0
    return String(decoding: bytes[begin..<end].filter { !space.contains($0) }, as: UTF8.self)
  }
}
