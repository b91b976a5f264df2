import Core
import Datasets
import Files
import Formats

/// The source that lies at a path which a person named: what a manifest says of it.
struct FoundSource {
  let json: JSONValue

  /// - Parameters:
  ///   - path: as the manifest is to say it, relative to `directory`.
  ///   - member: the array to take from files of several.
  ///   - labelField: where labels stand, the first that says one; empty for what is usual.
  ///   - isLabelled: whether tables that lie beside arrays are labels.
  /// - Throws: a ``DatasetError`` or a `FileError` for a folder or a description that cannot be read.
  init(_ path: String, in directory: String, member: String?, labelField: [String], isLabelled: Bool = true) throws {
    let absolute = ManifestFile.absolute(path, in: directory)
    var members: [String: JSONValue]
    if path.hasSuffix(".json") {
      members = try Self.croissant(path, absolute)
    } else if path.hasSuffix("/"), FileReading.isDirectory(absolute) {
      members = try Self.folder(path, try FolderLayout(of: String(absolute.dropLast())))
    } else {
      members = ["path": .string(path)]
    }
    if !isLabelled { members["labels"] = nil }
    let format = members["format"]?.text ?? SourceFormat(path: path)?.rawValue
    if format == SourceFormat.array.rawValue { members["member"] = member.map { .string($0) } }
    if format == SourceFormat.tar.rawValue || members["labels"] != nil {
      if !labelField.isEmpty { members["labelField"] = .array(labelField.map { .string($0) }) }
    }
    let isPlain = members.count == 1 && members["path"]?.text != nil
    json = isPlain ? members["path"]! : .object(members)
  }

  private static func folder(_ path: String, _ layout: FolderLayout) throws -> [String: JSONValue] {
    func paths(_ names: [String]) -> JSONValue {
      names.count == 1 ? .string(path + names[0]) : .array(names.map { .string(path + $0) })
    }
    switch layout {
    case .pictures: return ["path": .string(path)]
    case .shards(let names): return ["path": paths(names), "format": "tar"]
    case .parquet(let names): return ["path": paths(names), "format": "parquet"]
    case .embeddings(let arrays, let tables):
      guard !arrays.isEmpty else { throw CommandError("\(path) holds no arrays") }
      var members: [String: JSONValue] = ["path": paths(arrays), "format": "array"]
      if !tables.isEmpty { members["labels"] = paths(tables) }
      return members
    }
  }

  private static func croissant(_ path: String, _ absolute: String) throws -> [String: JSONValue] {
    let below = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let layout = try CroissantDescription(of: absolute).layout
    guard layout.table == nil else {
      throw CommandError(
        "\(path): its labels stand in a table of their own; make tars of it first: winnow dataset convert \(path) "
          + "--output DIR")
    }
    func paths(_ names: [String]) -> JSONValue {
      names.count == 1 ? .string(below + names[0]) : .array(names.map { .string(below + $0) })
    }
    var members: [String: JSONValue] = [
      "path": paths(layout.paths), "format": .string(layout.isParquet ? "parquet" : "tar"),
    ]
    if !layout.isParquet { members["labelField"] = layout.labelColumn.map { .string($0) } }
    return members
  }
}
