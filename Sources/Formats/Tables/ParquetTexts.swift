import Core
import Files

/// A column of a Parquet file as words: labels that lie beside arrays.
package enum ParquetTexts {
  package static func isParquet(_ bytes: [UInt8]) -> Bool { bytes.starts(with: Array("PAR1".utf8)) }

  private static let usual = ["label", "labels", "class", "cls", "class_name", "target"]
  private static let rowLimit = 1 << 28

  /// The values of the column called `column`, one a row; nil for the first that is usual for labels. Numbers of Hugging Face's
  /// classes become their names.
  ///
  /// Throws a ``DatasetError`` when there is no such column, a row has no value, or the file is damaged.
  package static func column(_ column: String?, of bytes: [UInt8], name: String) throws -> [String] {
    var row = 0
    return try values(of: bytes, name: name, in: column) { value, column in
      defer { row += 1 }
      guard let value else { throw DatasetError(name, "row \(row) has no \(column)") }
      return value
    }
  }

  /// The values of the column called `column`, one a row, nil where a row has none. Throws a ``DatasetError`` as
  /// ``column(_:of:name:)`` does.
  package static func values(_ column: String, of bytes: [UInt8], name: String) throws -> [String?] {
    try values(of: bytes, name: name, in: column) { value, _ in value }
  }

  private static func values<Value>(
    of bytes: [UInt8], name: String, in column: String?, _ use: (_ value: String?, _ column: String) throws -> Value
  ) throws -> [Value] {
    let scratch = try ScratchFile(bytes)
    let table = try ParquetFile(try OpenFile(scratch.path))
    let names = table.columns.map(\.name)
    guard let place = (column.map { [$0] } ?? usual).lazy.compactMap(table.column).first else {
      throw DatasetError(
        name,
        column.map { "there is no such column: " + Suggestion.unknown($0, among: names) }
          ?? "no column holds labels; name one of \(names.joined(separator: ", ")) with \"labelField\"")
    }
    guard table.rows <= rowLimit else { throw DatasetError(name, "\(table.rows) rows are more than are read") }
    let classes = ParquetImages.classNames(of: names[place], table.metadata)
    var found: [Value] = []
    for group in 0..<table.groupCount {
      var reader = try table.reader(column: place, group: group)
      for row in 0..<table.rows(inGroup: group) {
        found.append(try use(try reader.value(at: row).map { text($0, classes) }, names[place]))
      }
    }
    return found
  }

  private static func text(_ value: ParquetValue, _ classes: [String]?) -> String {
    switch value {
    case .bool(let flag): flag ? "1" : "0"
    case .integer(let number):
      classes.flatMap { $0.indices.contains(number) ? $0[number] : nil } ?? String(number)
    case .number(let number): Int(exactly: number).map(String.init) ?? String(number)
    case .bytes(let text): String(decoding: text, as: UTF8.self)
    }
  }
}
