import Foundation

extension JSONValue: Decodable {
  /// Reads JSON text. Throws a ``ConfigurationError`` that says where the text stops being JSON.
  ///
  /// With `JSONDecoder` rather than `JSONSerialization`, whose doubles can differ from what was written in the last bit.
  package static func parse(_ bytes: [UInt8], source: String) throws -> JSONValue {
    do {
      return try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
    } catch {
      throw ConfigurationError(place: source, problem: "this is not valid JSON" + reason(in: bytes))
    }
  }

  /// See ``parse(_:source:)``.
  package init(from decoder: any Decoder) throws {
    if let members = try? decoder.container(keyedBy: Key.self) {
      self = .object(
        try Dictionary(
          uniqueKeysWithValues: members.allKeys.map {
            ($0.stringValue, try members.decode(JSONValue.self, forKey: $0))
          }))
    } else if var elements = try? decoder.unkeyedContainer() {
      var values: [JSONValue] = []
      while !elements.isAtEnd { values.append(try elements.decode(JSONValue.self)) }
      self = .array(values)
    } else {
      self = try Self.scalar(try decoder.singleValueContainer())
    }
  }

  private static func scalar(_ value: any SingleValueDecodingContainer) throws -> JSONValue {
    if value.decodeNil() { return .null }
    if let text = try? value.decode(String.self) { return .string(text) }
    if let flag = try? value.decode(Bool.self) { return .bool(flag) }
    let number = try value.decode(Double.self)
    guard number == number.rounded(), let integer = try? value.decode(Int64.self) else { return .number(number) }
    return .integer(integer)
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Why `bytes` are no JSON, and where: the decoder keeps that to itself.
  private static func reason(in bytes: [UInt8]) -> String {
    do {
      _ = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
      return ""
    } catch {
      let text = (error as NSError).userInfo["NSDebugDescription"] as? String ?? error.localizedDescription
      return ": " + located(text, in: bytes)
    }
  }

  /// `text` with a line and a column, from 1, instead of the number of a byte.
  private static func located(_ text: String, in bytes: [UInt8]) -> String {
    guard let match = text.firstMatch(of: /character (\d+)/), let position = Int(match.1) else { return text }
    let before = bytes.prefix(position)
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let column = before.count - (before.lastIndex(of: UInt8(ascii: "\n")) ?? -1)
    return text.replacing(match.0, with: "line \(line), column \(column)")
  }
}
