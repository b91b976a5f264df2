extension JSONValue {
  /// Reads JSON text (RFC 8259), with or without a byte order mark.
  ///
  /// Whole numbers that fit in 64 bits are kept exactly, other numbers as the nearest double. Throws a
  /// ``ConfigurationError`` with line and column where the text stops being JSON, where a key is given twice in an object,
  /// where a number is too large for a double, and where lists and objects lie deeper in each other than 512 levels.
  package static func parse(_ bytes: [UInt8], source: String) throws -> JSONValue {
    var parser = JSONParser(bytes)
    do {
      return try parser.document()
    } catch {
      throw ConfigurationError(place: source, problem: error.sentence(in: bytes))
    }
  }
}

/// Why a text is no JSON, and at which byte.
private struct JSONProblem: Error {
  let position: Int
  /// A key that is given twice; nil for any other problem.
  var repeatedKey: String?
  var words = ""

  /// With a line and a column, from 1, instead of the number of a byte.
  func sentence(in bytes: [UInt8]) -> String {
    let before = bytes.prefix(position)
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let column = before.count - (before.lastIndex(of: UInt8(ascii: "\n")) ?? -1)
    let place = "line \(line), column \(column)"
    if let repeatedKey { return "the key \"\(repeatedKey)\" is given twice, again in \(place); remove one of them" }
    return "this is not valid JSON: \(words) at \(place)"
  }
}

/// A recursive-descent reader over the bytes of a text.
private struct JSONParser {
  private static let depthLimit = 512

  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(JSONProblem) -> JSONValue {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    skipBlanks()
    let value = try value()
    skipBlanks()
    guard position == bytes.count else { throw problem("something follows the value") }
    return value
  }

  private func problem(_ words: String) -> JSONProblem {
    JSONProblem(position: position, words: position < bytes.count ? words : "the text ends too early")
  }

  /// The byte at hand; 0, which stands nowhere outside strings, behind the end.
  private var next: UInt8 { position < bytes.count ? bytes[position] : 0 }

  private mutating func skipBlanks() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  private mutating func value() throws(JSONProblem) -> JSONValue {
    switch next {
    case UInt8(ascii: "{"): return try nested { parser throws(JSONProblem) in try parser.object() }
    case UInt8(ascii: "["): return try nested { parser throws(JSONProblem) in try parser.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw problem("a value was expected")
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONProblem) -> JSONValue {
    for letter in word.description.utf8 {
      guard next == letter else { throw problem("a value was expected") }
      position += 1
    }
    return value
  }

  private mutating func nested(
    _ read: (inout JSONParser) throws(JSONProblem) -> JSONValue
  ) throws(JSONProblem) -> JSONValue {
    guard depth < Self.depthLimit else { throw problem("lists and objects lie too deep in each other") }
    depth += 1
    position += 1
    skipBlanks()
    let value = try read(&self)
    position += 1
    depth -= 1
    return value
  }

  /// What follows an element: true when another must come, false at the end of the list.
  private mutating func continues(to end: UInt8) throws(JSONProblem) -> Bool {
    skipBlanks()
    if next == end { return false }
    guard next == UInt8(ascii: ",") else { throw problem("a comma was expected, or the end of the list or object") }
    position += 1
    skipBlanks()
    guard next != end else { throw problem("nothing follows the last comma") }
    return true
  }

  private mutating func array() throws(JSONProblem) -> JSONValue {
    var elements: [JSONValue] = []
    guard next != UInt8(ascii: "]") else { return .array(elements) }
    repeat { elements.append(try value()) } while try continues(to: UInt8(ascii: "]"))
    return .array(elements)
  }

  private mutating func object() throws(JSONProblem) -> JSONValue {
    var members: [String: JSONValue] = [:]
    guard next != UInt8(ascii: "}") else { return .object(members) }
    repeat {
      let start = position
      guard next == UInt8(ascii: "\"") else { throw problem("a key in quotes was expected") }
      let key = try string()
      skipBlanks()
      guard next == UInt8(ascii: ":") else { throw problem("a colon was expected after the key") }
      position += 1
      skipBlanks()
      let value = try value()
      if members.updateValue(value, forKey: key) != nil {
        throw JSONProblem(position: start, repeatedKey: key)
      }
    } while try continues(to: UInt8(ascii: "}"))
    return .object(members)
  }

  // MARK: Numbers

  private mutating func number() throws(JSONProblem) -> JSONValue {
    let start = position
    let isNegative = next == UInt8(ascii: "-")
    if isNegative { position += 1 }
    let first = position
    var magnitude: UInt64 = 0
    var isExact = true
    while let digit {
      let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(digit)
      isExact = isExact && !overflow && !carry
      magnitude = sum
      position += 1
    }
    guard position > first else { throw problem("a digit was expected") }
    guard position == first + 1 || bytes[first] != UInt8(ascii: "0") else {
      position = first
      throw problem("a number starts with a zero")
    }
    var isWhole = true
    if next == UInt8(ascii: ".") {
      isWhole = false
      position += 1
      try skipDigits()
    }
    if next | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      position += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
      try skipDigits()
    }
    if isWhole, isExact {
      if isNegative, magnitude <= UInt64(Int64.max) + 1 { return .integer(Int64(truncatingIfNeeded: 0 &- magnitude)) }
      if !isNegative, let integer = Int64(exactly: magnitude) { return .integer(integer) }
    }
    guard let double = Double(String(decoding: bytes[start..<position], as: UTF8.self)), double.isFinite else {
      position = start
      throw problem("a number is too large")
    }
    return Int64(exactly: double).map { .integer($0) } ?? .number(double)
  }

  private var digit: UInt64? {
    let value = next &- UInt8(ascii: "0")
    return value < 10 ? UInt64(value) : nil
  }

  private mutating func skipDigits() throws(JSONProblem) {
    guard digit != nil else { throw problem("a digit was expected") }
    while digit != nil { position += 1 }
  }

  // MARK: Strings

  private mutating func string() throws(JSONProblem) -> String {
    position += 1
    let start = position
    // What escapes stand for, with what stood before them; most strings have none and are never copied.
    var content: [UInt8] = []
    var unescaped = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        let rest = bytes[unescaped..<position]
        guard let text = String(validating: content.isEmpty ? rest : content + rest, as: UTF8.self) else {
          position = start
          throw problem("a string is not UTF-8")
        }
        position += 1
        return text
      case UInt8(ascii: "\\"):
        content += bytes[unescaped..<position]
        position += 1
        content += try escape().utf8
        unescaped = position
      case 0..<0x20: throw problem("a control character stands in a string; write \\n or \\t")
      default: position += 1
      }
    }
    throw problem("a string is never closed")
  }

  /// What stands for itself behind a backslash, which has been read.
  private mutating func escape() throws(JSONProblem) -> Character {
    let letter = next
    guard letter != UInt8(ascii: "u") else { return Character(try unicodeEscape()) }
    guard let meaning = Self.escapes[letter] else { throw problem("an unknown letter follows a backslash") }
    position += 1
    return meaning
  }

  private static let escapes: [UInt8: Character] = [
    UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/", UInt8(ascii: "b"): "\u{8}",
    UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n", UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
  ]

  /// One letter, of two escapes where it needs a surrogate pair.
  private mutating func unicodeEscape() throws(JSONProblem) -> Unicode.Scalar {
    let high = try hexadecimalUnit()
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard (0xD800..<0xDC00).contains(high), next == UInt8(ascii: "\\") else {
      throw problem("half of a surrogate pair stands alone")
    }
    position += 1
    let low = next == UInt8(ascii: "u") ? try hexadecimalUnit() : 0
    guard (0xDC00..<0xE000).contains(low), let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    else { throw problem("half of a surrogate pair stands alone") }
    return scalar
  }

  /// `uXXXX`.
  private mutating func hexadecimalUnit() throws(JSONProblem) -> UInt32 {
    position += 1
    var unit: UInt32 = 0
    for _ in 0..<4 {
      let letter = next
      switch letter {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): unit = unit << 4 | UInt32(letter - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
        unit = unit << 4 | (UInt32(letter | 0x20) - 87)
      default: throw problem("four hexadecimal digits were expected")
      }
      position += 1
    }
    return unit
  }
}
