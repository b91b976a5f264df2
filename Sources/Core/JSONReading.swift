import Foundation

extension JSONValue {
  /// Reads JSON text. Throws a ``ConfigurationError`` that says where the text stops being JSON.
  package static func parse(_ bytes: [UInt8], source: String) throws -> JSONValue {
    do {
      return JSONValue(try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed))
    } catch {
      let reason = (error as NSError).userInfo["NSDebugDescription"] as? String
      throw ConfigurationError(
        place: source, problem: "this is not valid JSON" + (reason.map { ": \(located($0, in: bytes))" } ?? ""))
    }
  }

  /// What `JSONSerialization` makes: strings, numbers (booleans among them), arrays, dictionaries, null.
  private init(_ value: Any) {
    switch value {
    case let text as String: self = .string(text)
    case let number as NSNumber: self.init(number)
    case let elements as [Any]: self = .array(elements.map { JSONValue($0) })
    case let members as [String: Any]: self = .object(members.mapValues { JSONValue($0) })
    default: self = .null
    }
  }

  private init(_ number: NSNumber) {
    switch UInt8(bitPattern: number.objCType.pointee) {
    case UInt8(ascii: "c"), UInt8(ascii: "B"): self = .bool(number.boolValue)
    case UInt8(ascii: "d"), UInt8(ascii: "f"): self = .number(number.doubleValue)
    default: self = Int64(exactly: number).map { .integer($0) } ?? .number(number.doubleValue)
    }
  }

  /// `reason` with a line and a column, from 1, instead of the number of a byte.
  private static func located(_ reason: String, in bytes: [UInt8]) -> String {
    guard let match = reason.firstMatch(of: /character (\d+)/), let position = Int(match.1) else { return reason }
    let before = bytes.prefix(position)
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let column = before.count - (before.lastIndex(of: UInt8(ascii: "\n")) ?? -1)
    return reason.replacing(match.0, with: "line \(line), column \(column)")
  }
}
