import Datasets

/// Comma-separated values with quotes as in RFC 4180.
struct CommaSeparatedValues {
  struct Record {
    /// The line on which the record starts, from 1.
    let line: Int
    let fields: [String]
  }

  /// Names the file in messages.
  let name: String
  /// Without empty lines.
  let records: [Record]

  /// Reads `bytes`, with or without a byte order mark, with any line ends. Throws a ``DatasetError`` with the line where a
  /// quoted field starts that is never closed, and where text is not UTF-8.
  init(_ bytes: [UInt8], name: String) throws {
    var reader = Reader(name: name)
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    for byte in bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...] { try reader.take(byte) }
    self.name = name
    records = try reader.finish()
  }

  /// What is wrong in which line, from 1.
  static func error(_ name: String, line: Int, _ problem: String) -> DatasetError {
    DatasetError("\(name), line \(line)", problem)
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
      guard !isQuoted else { throw error(name, line: start, "a quoted field is never closed") }
      try endRecord()
      return records
    }

    private mutating func endField() throws {
      guard let text = String(validating: field, as: UTF8.self) else {
        throw error(name, line: line, "the text is not UTF-8")
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
