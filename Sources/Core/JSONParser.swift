/// A recursive-descent reader. Every function is given the text again, because a span cannot be kept.
struct JSONParser {
  private static let depthLimit = 512

  private var position = 0
  private var depth = 0
  /// The members of the objects that are being read, the innermost last: a table is made once it is known how large.
  private var members: [Member] = []

  private struct Member {
    let key: String
    let position: Int
    var value: JSONValue
  }

  mutating func document(_ text: Span<UInt8>) throws(JSONProblem) -> JSONValue {
    if text.count >= 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF { position = 3 }
    skipBlanks(text)
    let value = try value(text)
    skipBlanks(text)
    guard position == text.count else { throw problem("something follows the value", text) }
    return value
  }

  private func problem(_ words: String, _ text: Span<UInt8>) -> JSONProblem {
    JSONProblem(position: position, words: position < text.count ? words : "the text ends too early")
  }

  /// The byte at hand; 0, which stands nowhere outside strings, behind the end.
  private func next(_ text: Span<UInt8>) -> UInt8 { position < text.count ? text[position] : 0 }

  private mutating func skipBlanks(_ text: Span<UInt8>) {
    while position < text.count {
      switch text[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  private mutating func value(_ text: Span<UInt8>) throws(JSONProblem) -> JSONValue {
    switch next(text) {
    case UInt8(ascii: "{"): return try object(text)
    case UInt8(ascii: "["): return try array(text)
    case UInt8(ascii: "\""): return .string(try string(text))
    case UInt8(ascii: "t"): return try word("true", .bool(true), text)
    case UInt8(ascii: "f"): return try word("false", .bool(false), text)
    case UInt8(ascii: "n"): return try word("null", .null, text)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number(text)
    default: throw problem("a value was expected", text)
    }
  }

  private mutating func word(
    _ word: StaticString, _ value: JSONValue, _ text: Span<UInt8>
  ) throws(JSONProblem) -> JSONValue {
    for letter in word.description.utf8 {
      guard next(text) == letter else { throw problem("a value was expected", text) }
      position += 1
    }
    return value
  }

  // MARK: Lists and objects

  private mutating func open(_ text: Span<UInt8>) throws(JSONProblem) {
    guard depth < Self.depthLimit else { throw problem("lists and objects lie too deep in each other", text) }
    depth += 1
    position += 1
    skipBlanks(text)
  }

  private mutating func close() {
    position += 1
    depth -= 1
  }

  /// What follows an element: true when another must come, false at the end of the list.
  private mutating func continues(to end: UInt8, _ text: Span<UInt8>) throws(JSONProblem) -> Bool {
    skipBlanks(text)
    let byte = next(text)
    if byte == end { return false }
    guard byte == UInt8(ascii: ",") else {
      throw problem("a comma was expected, or the end of the list or object", text)
    }
    position += 1
    skipBlanks(text)
    guard next(text) != end else { throw problem("nothing follows the last comma", text) }
    return true
  }

  private mutating func array(_ text: Span<UInt8>) throws(JSONProblem) -> JSONValue {
    try open(text)
    var elements: [JSONValue] = []
    if next(text) != UInt8(ascii: "]") {
      repeat { elements.append(try value(text)) } while try continues(to: UInt8(ascii: "]"), text)
    }
    close()
    return .array(elements)
  }

  private mutating func object(_ text: Span<UInt8>) throws(JSONProblem) -> JSONValue {
    try open(text)
    let first = members.count
    if next(text) != UInt8(ascii: "}") {
      repeat { members.append(try member(text)) } while try continues(to: UInt8(ascii: "}"), text)
    }
    close()
    var object = [String: JSONValue](minimumCapacity: members.count - first)
    for index in first..<members.count {
      // Taken out, not copied: nothing is counted twice.
      let value = exchange(&members[index].value, with: .null)
      if object.updateValue(value, forKey: members[index].key) != nil {
        throw JSONProblem(position: members[index].position, repeatedKey: members[index].key)
      }
    }
    members.removeLast(members.count - first)
    return .object(object)
  }

  private mutating func member(_ text: Span<UInt8>) throws(JSONProblem) -> Member {
    let start = position
    guard next(text) == UInt8(ascii: "\"") else { throw problem("a key in quotes was expected", text) }
    let key = try string(text)
    skipBlanks(text)
    guard next(text) == UInt8(ascii: ":") else { throw problem("a colon was expected after the key", text) }
    position += 1
    skipBlanks(text)
    return Member(key: key, position: start, value: try value(text))
  }

  // MARK: Numbers

  private mutating func number(_ text: Span<UInt8>) throws(JSONProblem) -> JSONValue {
    if let integer = shortInteger(text) { return .integer(integer) }
    let start = position
    let isNegative = next(text) == UInt8(ascii: "-")
    if isNegative { position += 1 }
    var decimal = DecimalNumber()
    let first = position
    try digits(text) { decimal.append($0) }
    guard position == first + 1 || text[first] != UInt8(ascii: "0") else {
      position = first
      throw problem("a number starts with a zero", text)
    }
    var isWhole = true
    if next(text) == UInt8(ascii: ".") {
      isWhole = false
      position += 1
      try digits(text) { decimal.appendDecimal($0) }
    }
    if next(text) | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      position += 1
      let sign = next(text)
      if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
      var exponent = 0
      try digits(text) { exponent = min(exponent * 10 + Int($0), 100_000) }
      decimal.scale(by: sign == UInt8(ascii: "-") ? -exponent : exponent)
    }
    if isWhole, let integer = decimal.integer(isNegative: isNegative) { return .integer(integer) }
    guard let magnitude = decimal.magnitude ?? slowMagnitude(text, from: first) else {
      position = start
      throw problem("a number is too large", text)
    }
    let double = isNegative ? -magnitude : magnitude
    return Int64(exactly: double).map { .integer($0) } ?? .number(double)
  }

  /// Most numbers are these: up to 18 digits without sign, point and exponent. nil, and nothing is read, for all others.
  private mutating func shortInteger(_ text: Span<UInt8>) -> Int64? {
    var (value, end): (Int64, Int) = (0, position)
    let limit = min(text.count, position + 18)
    while end < limit {
      let digit = text[end] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      value = value &* 10 &+ Int64(digit)
      end += 1
    }
    guard end > position, end == position + 1 || text[position] != UInt8(ascii: "0"), end < text.count else {
      return nil
    }
    switch text[end] {
    case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "0")...UInt8(ascii: "9"): return nil
    default:
      position = end
      return value
    }
  }

  /// One digit at least.
  private mutating func digits(_ text: Span<UInt8>, _ take: (UInt64) -> Void) throws(JSONProblem) {
    let first = position
    while position < text.count {
      let digit = text[position] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      take(UInt64(digit))
      position += 1
    }
    guard position > first else { throw problem("a digit was expected", text) }
  }

  /// The number from `first` to here; nil when it is too large for a double.
  private func slowMagnitude(_ text: Span<UInt8>, from first: Int) -> Double? {
    let letters = (first..<position).map { text[$0] }
    return Double(String(decoding: letters, as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
  }

  // MARK: Strings

  private mutating func string(_ text: Span<UInt8>) throws(JSONProblem) -> String {
    position += 1
    let start = position
    while position < text.count {
      let byte = text[position]
      if byte == UInt8(ascii: "\"") {
        defer { position += 1 }
        return try string(copying: text, start..<position)
      }
      guard byte != UInt8(ascii: "\\") else { return try escapedString(text, from: start) }
      guard byte >= 0x20 else { break }
      position += 1
    }
    throw unclosed(text)
  }

  private func unclosed(_ text: Span<UInt8>) -> JSONProblem {
    let words = "a control character stands in a string; write \\n or \\t"
    return problem(words, text)
  }

  private mutating func string(copying text: Span<UInt8>, _ range: Range<Int>) throws(JSONProblem) -> String {
    do { return String(copying: try UTF8Span(validating: text.extracting(range))) } catch {
      position = range.lowerBound
      throw problem("a string is not UTF-8", text)
    }
  }

  /// A string that began at `start`, from its first backslash on.
  private mutating func escapedString(_ text: Span<UInt8>, from start: Int) throws(JSONProblem) -> String {
    var content = (start..<position).map { text[$0] }
    while position < text.count {
      let byte = text[position]
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: content, as: UTF8.self) else {
          position = start
          throw problem("a string is not UTF-8", text)
        }
        position += 1
        return string
      case UInt8(ascii: "\\"):
        position += 1
        content += try escape(text).utf8
      case 0..<0x20: throw unclosed(text)
      default:
        content.append(byte)
        position += 1
      }
    }
    throw unclosed(text)
  }

  /// What stands for itself behind a backslash, which has been read.
  private mutating func escape(_ text: Span<UInt8>) throws(JSONProblem) -> Character {
    let letter = next(text)
    guard letter != UInt8(ascii: "u") else { return Character(try unicodeEscape(text)) }
    guard let meaning = Self.escapes[letter] else { throw problem("an unknown letter follows a backslash", text) }
    position += 1
    return meaning
  }

  private static let escapes: [UInt8: Character] = [
    UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/", UInt8(ascii: "b"): "\u{8}",
    UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n", UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
  ]

  /// One letter, of two escapes where it needs a surrogate pair.
  private mutating func unicodeEscape(_ text: Span<UInt8>) throws(JSONProblem) -> Unicode.Scalar {
    let high = try hexadecimalUnit(text)
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard (0xD800..<0xDC00).contains(high), next(text) == UInt8(ascii: "\\") else {
      throw problem("half of a surrogate pair stands alone", text)
    }
    position += 1
    let low = next(text) == UInt8(ascii: "u") ? try hexadecimalUnit(text) : 0
    guard (0xDC00..<0xE000).contains(low), let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    else { throw problem("half of a surrogate pair stands alone", text) }
    return scalar
  }

  /// `uXXXX`.
  private mutating func hexadecimalUnit(_ text: Span<UInt8>) throws(JSONProblem) -> UInt32 {
    position += 1
    var unit: UInt32 = 0
    for _ in 0..<4 {
      let letter = next(text)
      switch letter {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): unit = unit << 4 | UInt32(letter - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
        unit = unit << 4 | (UInt32(letter | 0x20) - 87)
      default: throw problem("four hexadecimal digits were expected", text)
      }
      position += 1
    }
    return unit
  }
}
