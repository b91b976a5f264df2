package import Core

/// Comma-separated values with quotes as in RFC 4180.
package struct CommaSeparatedValues: Hashable, Sendable {
  package struct Record: Hashable, Sendable {
    /// The line on which the record starts, from 1.
    package let line: Int
    package let fields: [String]
  }

  /// Names the file in messages.
  package let name: String
  /// Without empty lines.
  package let records: [Record]

  /// Reads `bytes`, with or without a byte order mark, with any line ends. Throws a ``DatasetError`` with the line where a
  /// quoted field starts that is never closed, and where text is not UTF-8.
  package init(_ bytes: [UInt8], name: String) throws {
    var reader = Reader(name: name)
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    for byte in bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...] { try reader.take(byte) }
    self.name = name
    records = try reader.finish()
  }

  /// What is wrong in which line, from 1.
  package static func error(_ name: String, line: Int, _ problem: String) -> DatasetError {
    DatasetError("\(name), line \(line)", problem)
  }

  /// One line for `fields`, quoted where they need it, without the line's end.
  package static func line(_ fields: [String]) -> String { fields.map(quoted).joined(separator: ",") }

  private static func quoted(_ field: String) -> String {
    guard field.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return field }
    return "\"\(field.replacing("\"", with: "\"\""))\""
  }

  private struct Reader {
    let name: String
    private var records: [Record] = []
    private var fields: [String] = []
    private var field: [UInt8] = []
    private var (line, start) = (1, 1)
    private var (isQuoted, wasQuote, wasReturn) = (false, false, false)

    init(name: String) { self.name = name }

    mutating func take(_ byte: UInt8) throws {
      let isLineEnd = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
      let endsPair = wasReturn && byte == UInt8(ascii: "\n")
      if isQuoted, byte != UInt8(ascii: "\"") {
        field.append(byte)
      } else if byte == UInt8(ascii: "\"") {
        // A quote right after a closing quote stands for itself.
        if !isQuoted, wasQuote { field.append(byte) }
        isQuoted.toggle()
      } else if byte == UInt8(ascii: ",") {
        try endField()
      } else if !isLineEnd {
        field.append(byte)
      } else if !endsPair {
        try endRecord()
      }
      if isLineEnd, !endsPair { line += 1 }
      if isLineEnd, !isQuoted { start = line }
      wasQuote = byte == UInt8(ascii: "\"")
      wasReturn = byte == UInt8(ascii: "\r")
    }

    mutating func finish() throws -> [Record] {
      guard !isQuoted else { throw CommaSeparatedValues.error(name, line: start, "a quoted field is never closed") }
      try endRecord()
      return records
    }

    private mutating func endField() throws {
      guard let text = String(validating: field, as: UTF8.self) else {
        throw CommaSeparatedValues.error(name, line: line, "the text is not UTF-8")
      }
      fields.append(text)
      field.removeAll(keepingCapacity: true)
    }

    private mutating func endRecord() throws {
      try endField()
      if fields != [""] { records.append(Record(line: start, fields: fields)) }
      fields.removeAll(keepingCapacity: true)
    }
  }
}
