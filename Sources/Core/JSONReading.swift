extension JSONValue {
  /// Reads JSON text (RFC 8259), with or without a byte order mark.
  ///
  /// Whole numbers that fit in 64 bits are kept exactly, other numbers as the nearest double. Throws a
  /// ``ConfigurationError`` with line and column where the text stops being JSON, where a key is given twice in an object,
  /// where a number is too large for a double, and where lists and objects lie deeper in each other than 512 levels.
  package static func parse(_ bytes: [UInt8], source: String) throws -> JSONValue {
    var parser = JSONParser()
    do {
      return try parser.document(bytes.span)
    } catch {
      throw ConfigurationError(place: source, problem: error.sentence(in: bytes))
    }
  }
}

/// Why a text is no JSON, and at which byte.
struct JSONProblem: Error {
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
