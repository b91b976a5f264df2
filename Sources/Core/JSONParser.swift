/// Reads JSON text (RFC 8259) strictly: no comments, no trailing commas, no key twice in an object, no deep nesting.
///
/// Own code because it is on the path of every result: Foundation's decoder finds the type of a value by trial and error
/// and takes a hundred times as long.
struct JSONParser {
  /// Where the text stops being JSON, and why.
  struct Problem: Error {
    let line: Int
    let column: Int
    let text: String
  }

  /// Deeper nesting is refused, so that no text can exhaust the stack.
  static let depthLimit = 256

  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The one value that the whole text is.
  mutating func parse() throws -> JSONValue {
    let value = try value()
    skipSpace()
    guard position == bytes.count else { throw problem("something follows the end of the value") }
    return value
  }

  private mutating func value() throws -> JSONValue {
    skipSpace()
    guard position < bytes.count else { throw problem("the text ends where a value is needed") }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try nested { try $0.object() }
    case UInt8(ascii: "["): return try nested { try $0.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func nested(_ read: (inout JSONParser) throws -> JSONValue) throws -> JSONValue {
    guard depth < Self.depthLimit else { throw problem("the nesting is deeper than \(Self.depthLimit)") }
    depth += 1
    defer { depth -= 1 }
    position += 1
    return try read(&self)
  }

  private mutating func object() throws -> JSONValue {
    var members: [String: JSONValue] = [:]
    if take(UInt8(ascii: "}")) { return .object(members) }
    while true {
      skipSpace()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
        throw problem("a key in quotation marks is needed")
      }
      let key = try string()
      guard take(UInt8(ascii: ":")) else { throw problem("a colon is needed after the key \"\(key)\"") }
      guard members.updateValue(try value(), forKey: key) == nil else {
        throw problem("the key \"\(key)\" stands twice")
      }
      if take(UInt8(ascii: "}")) { return .object(members) }
      guard take(UInt8(ascii: ",")) else { throw problem("a comma or } is needed") }
    }
  }

  private mutating func array() throws -> JSONValue {
    var elements: [JSONValue] = []
    if take(UInt8(ascii: "]")) { return .array(elements) }
    while true {
      elements.append(try value())
      if take(UInt8(ascii: "]")) { return .array(elements) }
      guard take(UInt8(ascii: ",")) else { throw problem("a comma or ] is needed") }
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws -> JSONValue {
    let spelling = Array("\(word)".utf8)
    guard bytes[position...].starts(with: spelling) else { throw problem("a value is needed") }
    position += spelling.count
    return value
  }

  private mutating func number() throws -> JSONValue {
    let start = position
    if peek(UInt8(ascii: "-")) { position += 1 }
    let first = position
    guard digits() > 0 else { throw problem("a value is needed") }
    guard bytes[first] != UInt8(ascii: "0") || position == first + 1 else {
      throw problem("a number must not start with 0")
    }
    var isWhole = true
    if peek(UInt8(ascii: ".")) {
      isWhole = false
      position += 1
      guard digits() > 0 else { throw problem("a digit is needed after the decimal point") }
    }
    if peek(UInt8(ascii: "e")) || peek(UInt8(ascii: "E")) {
      isWhole = false
      position += 1
      if peek(UInt8(ascii: "+")) || peek(UInt8(ascii: "-")) { position += 1 }
      guard digits() > 0 else { throw problem("a digit is needed in the exponent") }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let integer = Int64(text) { return .integer(integer) }
    guard let number = Double(text), number.isFinite else { throw problem("\(text.prefix(40)) is too large a number") }
    // 1.0 and 1 are one value, as in the canonical form.
    return abs(number) < 0x1p53 ? Int64(exactly: number).map { .integer($0) } ?? .number(number) : .number(number)
  }

  private mutating func digits() -> Int {
    let start = position
    while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) { position += 1 }
    return position - start
  }

  private mutating func string() throws -> String {
    position += 1
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return try text(bytes[start..<(position - 1)])
      case UInt8(ascii: "\\"): return try escapedString(start)
      case 0..<0x20: throw problem("a control character must be escaped inside a string")
      default: position += 1
      }
    }
    throw problem("a string is not ended")
  }

  private mutating func escapedString(_ start: Int) throws -> String {
    var content = Array(bytes[start..<position])
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return try text(content[...])
      case UInt8(ascii: "\\"): content += try escape()
      case 0..<0x20: throw problem("a control character must be escaped inside a string")
      default: content.append(byte)
      }
    }
    throw problem("a string is not ended")
  }

  private mutating func escape() throws -> [UInt8] {
    guard position < bytes.count else { throw problem("a string is not ended") }
    position += 1
    switch bytes[position - 1] {
    case UInt8(ascii: "\""): return [UInt8(ascii: "\"")]
    case UInt8(ascii: "\\"): return [UInt8(ascii: "\\")]
    case UInt8(ascii: "/"): return [UInt8(ascii: "/")]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"): return Array(String(Character(try unicodeEscape())).utf8)
    default: throw problem("a backslash must be followed by one of \" \\ / b f n r t u")
    }
  }

  /// The character of `\uXXXX`, or of two of them that form a surrogate pair.
  private mutating func unicodeEscape() throws -> Unicode.Scalar {
    let high = try fourDigits()
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard high < 0xDC00, peek(UInt8(ascii: "\\")), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u")
    else { throw problem("half a surrogate pair") }
    position += 2
    let low = try fourDigits()
    guard (0xDC00...0xDFFF).contains(low), let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    else { throw problem("half a surrogate pair") }
    return scalar
  }

  private mutating func fourDigits() throws -> UInt32 {
    guard position + 4 <= bytes.count,
      bytes[position..<(position + 4)].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(String(decoding: bytes[position..<(position + 4)], as: UTF8.self), radix: 16)
    else { throw problem("four hexadecimal digits are needed after \\u") }
    position += 4
    return value
  }

  private func text(_ content: ArraySlice<UInt8>) throws -> String {
    guard let text = String(validating: content, as: UTF8.self) else { throw problem("a string is not valid UTF-8") }
    return text
  }

  private func peek(_ byte: UInt8) -> Bool { position < bytes.count && bytes[position] == byte }

  /// Skips white space and then `byte`, when it is there.
  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard peek(byte) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  private func problem(_ text: String) -> Problem {
    let before = bytes[..<min(position, bytes.count)]
    let line = before.count { $0 == 0x0A } + 1
    let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
    return Problem(line: line, column: column, text: text)
  }
}
