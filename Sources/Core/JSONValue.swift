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
    case .null: output += Array("null".utf8)
    case .bool(let value): output += Array((value ? "true" : "false").utf8)
    case .integer(let value): output += Array(String(value).utf8)
    case .number(let value): output += Array(Self.spelling(of: value).utf8)
    case .string(let value): Self.write(value, into: &output)
    case .array(let elements):
      Self.writeList(elements, open: "[", close: "]", into: &output, indent: indent, level: level) {
        $0.write(into: &$1, indent: indent, level: level + 1)
      }
    case .object(let members):
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      Self.writeList(sorted, open: "{", close: "}", into: &output, indent: indent, level: level) {
        Self.write($0.key, into: &$1)
        $1 += Array((indent == nil ? ":" : ": ").utf8)
        $0.value.write(into: &$1, indent: indent, level: level + 1)
      }
    }
  }

  private static func writeList<Element>(
    _ elements: [Element], open: String, close: String, into output: inout [UInt8], indent: Int?, level: Int,
    element write: (Element, inout [UInt8]) -> Void
  ) {
    output += Array(open.utf8)
    for (position, element) in elements.enumerated() {
      if position > 0 { output.append(0x2C) }
      if let indent { output += Array(("\n" + String(repeating: " ", count: indent * (level + 1))).utf8) }
      write(element, &output)
    }
    if let indent, !elements.isEmpty {
      output += Array(("\n" + String(repeating: " ", count: indent * level)).utf8)
    }
    output += Array(close.utf8)
  }

  private static func spelling(of value: Double) -> String {
    guard value.isFinite else { return "null" }
    // Whatever a reader can take for an integer is written as that integer, so that it is written the same again.
    if let integer = Int64(exactly: value) { return String(integer) }
    return value.description
  }

  private static func write(_ text: String, into output: inout [UInt8]) {
    output.append(0x22)
    for byte in text.utf8 {
      switch byte {
      case 0x22: output += [0x5C, 0x22]
      case 0x5C: output += [0x5C, 0x5C]
      case 0x0A: output += Array("\\n".utf8)
      case 0x0D: output += Array("\\r".utf8)
      case 0x09: output += Array("\\t".utf8)
      case 0..<0x20: output += Array(("\\u00" + Hexadecimal.encode([byte])).utf8)
      default: output.append(byte)
      }
    }
    output.append(0x22)
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
