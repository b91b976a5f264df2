package import Core

/// Comma-separated values with quotes as in RFC 4180; the separator may be a semicolon or a tab as well.
package struct CommaSeparatedValues: Hashable, Sendable {
  package struct Record: Hashable, Sendable {
    /// The line on which the record starts, from 1.
    package let line: Int
    /// Without the blanks around them, unless those are in quotes.
    package let fields: [String]
  }

  /// Names the file in messages.
  package let name: String
  /// What stands between fields.
  package let separator: Unicode.Scalar
  /// Without empty lines.
  package let records: [Record]

  /// Reads `bytes`, with or without a byte order mark, with any line ends. The separator is the comma, semicolon or tab that
  /// the first line has most of.
  ///
  /// Throws a ``DatasetError`` with the line where a quoted field starts that is never closed, where a quote stands inside a
  /// field that is not quoted, where text follows a closing quote, and where text is not UTF-8.
  package init(_ bytes: [UInt8], name: String) throws {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
    separator = Self.separator(of: text)
    var reader = Reader(name: name, separator: UInt8(ascii: separator))
    for byte in text { try reader.take(byte) }
    self.name = name
    records = try reader.finish()
  }

  /// `text` as a finite number, with a decimal comma where files are written so; nil for anything else.
  package func number(_ text: String) -> Double? {
    let spelled = separator == ";" && !text.contains(".") ? text.replacing(",", with: ".") : text
    return Double(spelled).flatMap { $0.isFinite ? $0 : nil }
  }

  /// What is wrong in which line, from 1.
  package static func error(_ name: String, line: Int, _ problem: String) -> DatasetError {
    DatasetError("\(name), line \(line)", problem)
  }

  /// One line for `fields`, quoted where they need it, without the line's end.
  package static func line(_ fields: [String]) -> String { fields.map(quoted).joined(separator: ",") }

  private static func quoted(_ field: String) -> String {
    let isPlain =
      !field.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) } && field.first?.isWhitespace != true
      && field.last?.isWhitespace != true
    return isPlain ? field : "\"\(field.replacing("\"", with: "\"\""))\""
  }

  private static func separator(of text: ArraySlice<UInt8>) -> Unicode.Scalar {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in text.drop(while: { $0 == 0x0A || $0 == 0x0D }) {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == 0x0A || byte == 0x0D { break }
      counts[byte, default: 0] += 1
    }
    let candidates: [Unicode.Scalar] = [",", ";", "\t"]
    func count(_ candidate: Unicode.Scalar) -> Int { counts[UInt8(ascii: candidate)] ?? 0 }
    return candidates.reduce(",") { count($1) > count($0) ? $1 : $0 }
  }

  private struct Reader {
    private enum State {
      /// Nothing but blanks of the field so far.
      case start
      case plain, quoted, closed
    }

    let name: String
    let separator: UInt8
    private var records: [Record] = []
    private var fields: [String] = []
    private var field: [UInt8] = []
    private var state = State.start
    private var (line, start) = (1, 1)
    private var wasReturn = false

    init(name: String, separator: UInt8) {
      self.name = name
      self.separator = separator
    }

    mutating func take(_ byte: UInt8) throws {
      let endsPair = wasReturn && byte == UInt8(ascii: "\n")
      let isLineEnd = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
      wasReturn = byte == UInt8(ascii: "\r")
      if isLineEnd, !endsPair { line += 1 }
      switch (state, byte) {
      case (.quoted, UInt8(ascii: "\"")): state = .closed
      case (.quoted, _): field.append(byte)
      case (_, separator): try endField()
      case _ where isLineEnd:
        if !endsPair { try endRecord() }
        start = line
      case (.start, UInt8(ascii: "\"")):
        field.removeAll(keepingCapacity: true)
        state = .quoted
      case (.closed, UInt8(ascii: "\"")):
        // Two quotes in a quoted field stand for one.
        field.append(byte)
        state = .quoted
      case (.closed, _) where Self.isBlank(byte): break
      case (.closed, _): throw problem("text follows a closing quote; a quote inside a quoted field is written twice")
      case (_, UInt8(ascii: "\"")):
        throw problem(
          "a quote stands inside a field that is not quoted; put the whole field in quotes and write each quote in it twice"
        )
      default:
        if !Self.isBlank(byte) { state = .plain }
        field.append(byte)
      }
    }

    mutating func finish() throws -> [Record] {
      guard state != .quoted else { throw problem("a quoted field is never closed") }
      try endRecord()
      return records
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    /// Where the record started that is being read.
    private func problem(_ words: String) -> DatasetError { CommaSeparatedValues.error(name, line: start, words) }

    private mutating func endField() throws {
      if state != .closed {
        while let last = field.last, Self.isBlank(last) { field.removeLast() }
      }
      let content = state == .closed ? field[...] : field.drop(while: Self.isBlank)
      guard let text = String(validating: content, as: UTF8.self) else { throw problem("the text is not UTF-8") }
      fields.append(text)
      field.removeAll(keepingCapacity: true)
      state = .start
    }

    private mutating func endRecord() throws {
      try endField()
      if fields != [""] { records.append(Record(line: start, fields: fields)) }
      fields.removeAll(keepingCapacity: true)
    }
  }
}
