import Core
import Files

/// Lists the pictures that a table of comma-separated values names: a column of paths, most often one of labels.
package struct PathTable {
  /// What a column of paths is called where nobody says; the first that is there.
  package static let pathColumns = ["path", "file_name", "filename", "file", "image_path", "image", "filepath"]
  /// Likewise of labels.
  package static let labelColumns = ["label", "class", "class_name", "classname", "target", "category"]

  private let table: CommaSeparatedValues
  private let directory: String
  private let head: [String]
  private let pathColumn: Int
  private let labelColumn: Int?

  /// - Parameters:
  ///   - directory: what relative paths start from.
  ///   - pathColumn: the name of the column of paths; nil for the first of ``pathColumns`` that is there.
  ///   - labelColumn: likewise, of ``labelColumns``; there need not be one.
  /// - Throws: a ``DatasetError`` for a table that is damaged or has no such column.
  package init(
    _ bytes: [UInt8], name: String, directory: String, pathColumn: String? = nil, labelColumn: String? = nil
  ) throws {
    table = try CommaSeparatedValues(bytes, name: name)
    self.directory = directory
    head = table.records.first?.fields ?? []
    guard let path = try Self.column(pathColumn, Self.pathColumns, head, name) else {
      throw DatasetError(
        name, "no column holds paths: the first line must name one, such as \"path\" (\(head.joined(separator: ", ")))")
    }
    self.pathColumn = path
    self.labelColumn = try Self.column(labelColumn, Self.labelColumns, head, name)
  }

  /// Calls `body` for every row whose file is there, in the order of the table. The key is the path as written.
  ///
  /// Paths stay below the directory: a table may come from somebody else.
  package func list(_ body: (SampleEntry) throws -> Void) throws -> ListingReport {
    var report = ListingReport()
    var known: Set<String> = []
    for record in table.records.dropFirst() {
      guard record.fields.count == head.count else {
        throw CommaSeparatedValues.error(
          table.name, line: record.line, "\(head.count) fields are needed, \(record.fields.count) are there")
      }
      let path = record.fields[pathColumn]
      let place = "\(table.name), line \(record.line), \(path.prefix(200))"
      guard let relative = RelativePath.normalised(path) else {
        report.skip(place, .unsafePath)
        continue
      }
      guard DirectoryListing.kind(of: "\(directory)/\(relative)") == .file else {
        report.skip(place, .missingFile)
        continue
      }
      guard known.insert(relative).inserted else {
        report.skip(place, .repeatedRow)
        continue
      }
      let label = labelColumn.flatMap { SampleLabel(record.fields[$0]) }
      if labelColumn != nil, label == nil {
        report.skip(place, .noLabel)
        continue
      }
      var fields: [String: JSONValue] = [:]
      for (column, text) in record.fields.enumerated() where column != pathColumn && column != labelColumn {
        fields[head[column]] = .string(text)
      }
      report.entries += 1
      try body(
        SampleEntry(key: relative, label: label, location: .file(path: "\(directory)/\(relative)"), fields: fields))
    }
    return report
  }

  private static func column(
    _ name: String?, _ usual: [String], _ head: [String], _ file: String
  ) throws -> Int? {
    guard let name else {
      let lowered = head.map { $0.lowercased() }
      return usual.lazy.compactMap { lowered.firstIndex(of: $0) }.first
    }
    guard let column = head.firstIndex(of: name) else {
      throw DatasetError(file, "there is no such column: " + Suggestion.unknown(name, among: head))
    }
    return column
  }
}
