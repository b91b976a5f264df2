import Core
import Files

/// Lists the pictures in a Parquet file as Hugging Face's `datasets` writes them: a column `image` of structures
/// `{bytes, path}`, a column `label`, and others.
package struct ParquetImages {
  package let table: ParquetFile
  /// The column of encoded pictures.
  private let imageColumn: Int
  private let pathColumn: Int?
  private let labelColumn: Int?
  /// The names of the classes by number, where the file says them.
  package let classNames: [String]?

  /// - Parameters:
  ///   - image: the name of the column of pictures; nil for the only one that can be.
  ///   - label: the name of the column of labels; nil for `label`, `labels`, `class` or `cls` where there is one.
  /// - Throws: a ``DatasetError`` when the file is damaged or has no such column, a `FileError` when it cannot be read.
  package init(_ path: String, image: String? = nil, label: String? = nil) throws {
    let table = try ParquetFile(try OpenFile(path))
    func isPicture(_ column: ParquetFile.Column) -> Bool {
      column.type == .bytes && !column.isText && !column.isRepeated
    }
    let flat = table.columns.indices.filter { isPicture(table.columns[$0]) }
    let named = (image.map { [$0] } ?? ["image", "img", "jpg", "png", "webp"]).flatMap { ["\($0).bytes", $0] }
    let candidates = named.compactMap { name in flat.first { table.columns[$0].name == name } }
    guard let column = candidates.first ?? (image == nil && flat.count == 1 ? flat[0] : nil) else {
      throw DatasetError(
        path,
        "no column \(image.map { "\"\($0)\" " } ?? "")holds pictures; the columns are "
          + table.columns.map(\.name).joined(separator: ", "))
    }
    self.table = table
    imageColumn = column
    let name = table.columns[column].name
    pathColumn = name.hasSuffix(".bytes") ? table.column(name.dropLast(5) + "path") : nil
    labelColumn = (label.map { [$0] } ?? ["label", "labels", "class", "cls"]).lazy.compactMap(table.column).first
    if let label, labelColumn == nil {
      throw DatasetError(
        path, "there is no such column: " + Suggestion.unknown(label, among: table.columns.map(\.name)))
    }
    classNames = labelColumn.flatMap { Self.classNames(of: table.columns[$0].name, table.metadata) }
  }

  /// Calls `body` for every row. The key is the number of the row in the file; a path becomes the field `path`.
  ///
  /// The pictures are not looked at: a row without one shows when it is read. Columns of lists are left out.
  ///
  /// - Throws: a ``DatasetError`` when the file is damaged, and what `body` throws.
  package func list(_ body: (SampleEntry) throws -> Void) throws -> ListingReport {
    var report = ListingReport()
    var number = 0
    let others = table.columns.indices.filter {
      $0 != imageColumn && $0 != pathColumn && $0 != labelColumn && !table.columns[$0].isRepeated
        && (table.columns[$0].type != .bytes || table.columns[$0].isText) && table.columns[$0].type != .int96
        && table.columns[$0].type != .fixedBytes
    }
    for group in 0..<table.groupCount {
      let wanted = others + [pathColumn, labelColumn].compactMap(\.self)
      // A page without pictures can stand for any number of rows; a file of pictures has some bytes for most.
      guard table.rows(inGroup: group) <= max(1 << 16, 8 * table.size(ofColumn: imageColumn, inGroup: group)) else {
        throw DatasetError(
          table.path,
          "row group \(group) is said to have \(table.rows(inGroup: group)) rows, more than it has bytes for")
      }
      var readers = try wanted.map { try table.reader(column: $0, group: group) }
      for row in 0..<table.rows(inGroup: group) {
        var fields: [String: JSONValue] = [:]
        var label: SampleLabel?
        for (place, column) in wanted.enumerated() {
          guard let value = try readers[place].value(at: row) else { continue }
          switch column {
          case labelColumn: label = Self.label(value)
          case pathColumn: fields["path"] = Self.json(value)
          default: fields[table.columns[column].name] = Self.json(value)
          }
        }
        let key = String(number)
        number += 1
        if labelColumn != nil, label == nil {
          report.skip("\(table.path), row \(key)", .noLabel)
          continue
        }
        report.entries += 1
        let location = SampleLocation.row(path: table.path, column: imageColumn, group: group, row: row)
        try body(SampleEntry(key: key, label: label, location: location, fields: fields))
      }
    }
    return report
  }

  private static func label(_ value: ParquetValue) -> SampleLabel? {
    switch value {
    case .integer(let number): .number(number)
    case .number(let number): Int(exactly: number).map { .number($0) }
    case .bytes(let text): .name(String(decoding: text, as: UTF8.self))
    case .bool: nil
    }
  }

  private static func json(_ value: ParquetValue) -> JSONValue {
    switch value {
    case .bool(let flag): .bool(flag)
    case .integer(let number): .integer(Int64(number))
    case .number(let number): .number(number)
    case .bytes(let text): .string(String(decoding: text, as: UTF8.self))
    }
  }

  /// What the JSON under `huggingface` says of the feature: `{"info": {"features": {NAME: {"names": […]}}}}`.
  static func classNames(of column: String, _ metadata: [String: String]) -> [String]? {
    guard let text = metadata["huggingface"],
      let value = try? JSONValue.parse(Array(text.utf8), source: "huggingface"),
      let names = value["info"]?["features"]?[column]?["names"]?.elements?.compactMap(\.text), !names.isEmpty
    else { return nil }
    return names
  }
}
