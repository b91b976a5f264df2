/// Any JSON value. Objects keep no order; `canonical` writes keys sorted, so equal values give equal bytes.
package enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// Never NaN or infinite in canonical output: those are written as null.
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// The one spelling of this value: keys sorted by UTF-8 bytes, no white space, shortest decimal that reads back
  /// to the same double, doubles that are 64-bit integers written as integers.
  package var canonical: [UInt8] {
    var output: [UInt8] = []
    write(into: &output, indent: nil, level: 0)
    return output
  }

  /// ``canonical`` as text.
  package var canonicalText: String { String(decoding: canonical, as: UTF8.self) }

  /// The same order of keys, indented for people.
  package var prettyText: String {
    var output: [UInt8] = []
    write(into: &output, indent: 2, level: 0)
    return String(decoding: output, as: UTF8.self)
  }

  private func write(into output: inout [UInt8], indent: Int?, level: Int) {
    switch self {
    case .null: output.append(contentsOf: "null".utf8)
    case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
    case .integer(let value): output.append(contentsOf: String(value).utf8)
    case .number(let value): output.append(contentsOf: Self.spelling(of: value).utf8)
    case .string(let value): Self.write(value, into: &output)
    case .array(let elements):
      Self.writeList(elements, open: "[", close: "]", into: &output, indent: indent, level: level) {
        $0.write(into: &$1, indent: indent, level: level + 1)
      }
    case .object(let members):
      let sorted = members.sorted { Self.precedes($0.key, $1.key) }
      Self.writeList(sorted, open: "{", close: "}", into: &output, indent: indent, level: level) {
        Self.write($0.key, into: &$1)
        $1.append(UInt8(ascii: ":"))
        if indent != nil { $1.append(UInt8(ascii: " ")) }
        $0.value.write(into: &$1, indent: indent, level: level + 1)
      }
    }
  }

  private static func writeList<Element>(
    _ elements: [Element], open: Unicode.Scalar, close: Unicode.Scalar, into output: inout [UInt8], indent: Int?,
    level: Int, element write: (Element, inout [UInt8]) -> Void
  ) {
    output.append(UInt8(ascii: open))
    for (position, element) in elements.enumerated() {
      if position > 0 { output.append(UInt8(ascii: ",")) }
      if let indent { startLine(indent * (level + 1), in: &output) }
      write(element, &output)
    }
    if let indent, !elements.isEmpty { startLine(indent * level, in: &output) }
    output.append(UInt8(ascii: close))
  }

  private static func startLine(_ blanks: Int, in output: inout [UInt8]) {
    output.append(UInt8(ascii: "\n"))
    output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: blanks))
  }

  /// By UTF-8 bytes; strings themselves compare by Unicode's canonical order.
  private static func precedes(_ left: String, _ right: String) -> Bool {
    let (left, right) = (left.utf8Span.span, right.utf8Span.span)
    for index in 0..<min(left.count, right.count) where left[index] != right[index] {
      return left[index] < right[index]
    }
    return left.count < right.count
  }

  private static func spelling(of value: Double) -> String {
    guard value.isFinite else { return "null" }
    // Whatever a reader can take for an integer is written as that integer, so that it is written the same again.
    if let integer = Int64(exactly: value) { return String(integer) }
    return value.description
  }

  private static func write(_ text: String, into output: inout [UInt8]) {
    output.append(0x22)
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) {
      output.append(contentsOf: text.utf8)
    } else {
      for byte in text.utf8 { writeEscaped(byte, into: &output) }
    }
    output.append(0x22)
  }

  private static func writeEscaped(_ byte: UInt8, into output: inout [UInt8]) {
    switch byte {
    case 0x22: output += [0x5C, 0x22]
    case 0x5C: output += [0x5C, 0x5C]
    case 0x0A: output.append(contentsOf: "\\n".utf8)
    case 0x0D: output.append(contentsOf: "\\r".utf8)
    case 0x09: output.append(contentsOf: "\\t".utf8)
    case 0..<0x20: output.append(contentsOf: ("\\u00" + Hexadecimal.encode([byte])).utf8)
    default: output.append(byte)
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(floatLiteral value: Double) { self = .number(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(elements) { _, last in last })
  }
  package init(nilLiteral: ()) { self = .null }
}

extension JSONValue {
  /// The member called `key`, when this is an object that has it.
  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  /// The value as a number, when it is one.
  package var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The value as an integer, when it is one (an integral double counts).
  package var int: Int? {
    switch self {
    case .integer(let value): Int(value)
    case .number(let value): Int(exactly: value)
    default: nil
    }
  }

  /// The text, when this is a string.
  package var text: String? {
    guard case .string(let value) = self else { return nil }
    return value
  }

  /// The elements, when this is an array.
  package var elements: [JSONValue]? {
    guard case .array(let value) = self else { return nil }
    return value
  }

  /// The members, when this is an object.
  package var members: [String: JSONValue]? {
    guard case .object(let value) = self else { return nil }
    return value
  }
}
