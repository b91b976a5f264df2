import Core
import Files

/// Lists a folder of pictures: `CLASS/…/x.jpg`, as torchvision's and Hugging Face's readers of that name take it, the second
/// with `metadata.csv` or `metadata.jsonl`.
package struct ImageFolder {
  package let root: String
  /// Whether the first folder below the root names the class; nil for "where there is no table of metadata".
  package let usesFolderNames: Bool?

  /// - Parameter usesFolderNames: see ``usesFolderNames``; Hugging Face's `drop_labels` is its opposite.
  package init(_ root: String, usesFolderNames: Bool? = nil) {
    self.root = root
    self.usesFolderNames = usesFolderNames
  }

  private static let tables: Set<String> = ["metadata.csv", "metadata.jsonl"]

  /// Calls `body` for every file whose name is that of a picture. The key is the path below the root.
  ///
  /// Folders are entered in the order of the bytes of their names, among the files; links are followed, except in circles.
  /// With a table of metadata a file without a row is left out, and so is a row without a file; a column `label` becomes the
  /// label, the others become fields.
  ///
  /// - Throws: a `FileError` when the root cannot be read, a ``DatasetError`` for a table that is damaged, and what `body`
  ///   throws.
  package func list(_ body: (SampleEntry) throws -> Void) throws -> ListingReport {
    var walk = FolderWalk()
    try walk.enter(root, "")
    var report = walk.report
    guard walk.tables.isEmpty else {
      try list(walk.pictures, try metadata(walk.tables, &report), &report, body)
      return report
    }
    for path in walk.pictures {
      report.entries += 1
      try body(entry(path, label: usesFolderNames == false ? nil : Self.folder(of: path), fields: [:]))
    }
    return report
  }

  private func list(
    _ pictures: [String], _ rows: [String: [String: JSONValue]], _ report: inout ListingReport,
    _ body: (SampleEntry) throws -> Void
  ) throws {
    for path in pictures {
      guard var fields = rows[path] else {
        report.skip("\(root)/\(path)", .noRow)
        continue
      }
      var label = usesFolderNames == true ? Self.folder(of: path) : nil
      if label == nil, let value = fields.removeValue(forKey: "label") { label = Self.label(value) }
      report.entries += 1
      try body(entry(path, label: label, fields: fields))
    }
    let known = Set(pictures)
    for path in rows.keys.filter({ !known.contains($0) }).sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      report.skip("\(root)/\(path)", .missingFile)
    }
  }

  private func entry(_ path: String, label: SampleLabel?, fields: [String: JSONValue]) -> SampleEntry {
    SampleEntry(key: path, label: label, location: .file(path: "\(root)/\(path)"), fields: fields)
  }

  /// The class of `CLASS/…/x.jpg`.
  private static func folder(of path: String) -> SampleLabel? {
    path.firstIndex(of: "/").map { .name(String(path[..<$0])) }
  }

  private static func label(_ value: JSONValue) -> SampleLabel? {
    value.int.map { .number($0) } ?? value.text.flatMap { SampleLabel($0) }
  }

  /// The rows of all tables by the path below the root.
  private func metadata(_ tables: [String], _ report: inout ListingReport) throws -> [String: [String: JSONValue]] {
    var rows: [String: [String: JSONValue]] = [:]
    for table in tables {
      let name = "\(root)/\(table)"
      let bytes = try FileReading.bytes(of: name, limit: ArrayFile.sizeLimit)
      let folder = table.lastIndex(of: "/").map { String(table[...$0]) } ?? ""
      for var row in table.hasSuffix(".csv") ? try Self.csv(bytes, name) : try Self.jsonLines(bytes, name) {
        guard let file = row.removeValue(forKey: "file_name")?.text else {
          throw DatasetError(name, "a row has no \"file_name\"")
        }
        guard let path = RelativePath.normalised(file) else {
          report.skip("\(name), \(file.prefix(200))", .unsafePath)
          continue
        }
        if rows.updateValue(row, forKey: folder + path) != nil { report.skip("\(name), \(path)", .repeatedRow) }
      }
    }
    return rows
  }

  private static func csv(_ bytes: [UInt8], _ name: String) throws -> [[String: JSONValue]] {
    let table = try CommaSeparatedValues(bytes, name: name)
    guard let head = table.records.first?.fields, Set(head).count == head.count else {
      throw DatasetError(name, "the first line names the columns, each once")
    }
    return try table.records.dropFirst().map { record in
      guard record.fields.count == head.count else {
        throw CommaSeparatedValues.error(
          name, line: record.line, "\(head.count) fields are needed, \(record.fields.count) are there")
      }
      return Dictionary(uniqueKeysWithValues: zip(head, record.fields.map { .string($0) }))
    }
  }

  private static func jsonLines(_ bytes: [UInt8], _ name: String) throws -> [[String: JSONValue]] {
    try bytes.split(separator: 0x0A).enumerated().filter { !$1.allSatisfy { $0 == 0x20 || $0 == 0x0D } }.map {
      index, line in
      do {
        if let row = try JSONValue.parse(Array(line), source: name).members { return row }
      } catch let error as ConfigurationError {
        throw DatasetError("\(name), row \(index + 1)", error.problem)
      }
      throw DatasetError("\(name), row \(index + 1)", "an object { … } is needed")
    }
  }

  /// What lies under a folder.
  private struct FolderWalk {
    /// Relative to the root.
    var pictures: [String] = []
    var tables: [String] = []
    var report = ListingReport()
    private var path: [DirectoryListing.Identity] = []

    /// - Parameter prefix: of the names in it, below the root.
    mutating func enter(_ directory: String, _ prefix: String) throws {
      if prefix.isEmpty, case .directory(let root) = DirectoryListing.kind(of: directory) { path = [root] }
      for entry in try DirectoryListing(directory).entries {
        let place = "\(directory)/\(entry.name)"
        if entry.name.hasPrefix(".") {
          report.skip(place, .hidden)
          continue
        }
        switch entry.kind {
        case .file where ImageFolder.tables.contains(entry.name): tables.append(prefix + entry.name)
        case .file where ImageFormat(name: entry.name) != nil: pictures.append(prefix + entry.name)
        case .file: report.skip(place, .otherFile)
        case .special: report.skip(place, .specialFile)
        case .unreadable: report.skip(place, .unreadable)
        case .directory(let identity):
          guard !path.contains(identity) else {
            report.skip(place, .linkLoop)
            continue
          }
          path.append(identity)
          do {
            try enter(place, "\(prefix)\(entry.name)/")
          } catch is FileError {
            report.skip(place, .unreadable)
          }
          path.removeLast()
        }
      }
    }
  }
}
