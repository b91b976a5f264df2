import Core
import Files

/// A data set's description in Croissant (MLCommons, versions 0.8 to 1.1), as far as it says where pictures and their labels
/// lie: in Parquet files, or in tars with a table beside them. Files have to lie beside the description; nothing is fetched.
package struct CroissantDescription {
  /// Where samples lie. Paths are relative to the description.
  package struct Layout: Hashable, Sendable {
    package let isParquet: Bool
    /// The Parquet files or the tars.
    package let paths: [String]
    /// The column of pictures, in Parquet files.
    package let imageColumn: String?
    /// The column of labels, in Parquet files or in ``table``.
    package let labelColumn: String?
    /// A table of comma-separated values that says the label of each member of the tars.
    package let table: String?
    /// The column of ``table`` that names members.
    package let memberColumn: String?
  }

  package let layout: Layout
  /// The address or name of each licence.
  package let licences: [String]

  private static let sizeLimit = 64 << 20

  /// The label of each member of the tars, by its key without folders, as the layout's table says; nil without a table. Throws
  /// a ``DatasetError`` for a table that is damaged or lacks a column.
  package func tableLabels(in directory: String) throws -> [String: String]? {
    guard let table = layout.table, let member = layout.memberColumn, let label = layout.labelColumn else { return nil }
    let path = "\(directory)/\(table)"
    let values = try CommaSeparatedValues(
      try FileReading.bytes(of: path, limit: ArrayFile.sizeLimit), name: path)
    let head = values.records.first?.fields ?? []
    guard let names = head.firstIndex(of: member), let labels = head.firstIndex(of: label) else {
      throw DatasetError(path, "it has no column \(member) or no column \(label)")
    }
    let pairs = values.records.dropFirst().compactMap { record -> (String, String)? in
      guard max(names, labels) < record.fields.count else { return nil }
      return (Self.memberKey(record.fields[names]), record.fields[labels])
    }
    return Dictionary(pairs) { first, _ in first }
  }

  /// What a member is called in ``tableLabels(in:)``: its name up to the first dot, without folders.
  package static func memberKey(_ name: String) -> String {
    let base = name.split(separator: "/").last ?? ""
    return String(base.prefix { $0 != "." })
  }

  /// Reads the description at `path` and looks for its files. Throws a ``DatasetError`` that says what is missing or not read,
  /// and for a file whose SHA-256 is another; a `FileError` when the description cannot be read.
  package init(of path: String) throws {
    let json: JSONValue
    do {
      json = try JSONValue.parse(try FileReading.bytes(of: path, limit: Self.sizeLimit), source: path)
    } catch let error as ConfigurationError {
      throw DatasetError(error.place, error.problem)
    }
    guard json["@context"] != nil, json["distribution"] != nil else {
      throw DatasetError(path, "this is no Croissant description: it has no @context and no distribution")
    }
    let licence = json["license"] ?? json["sc:license"]
    licences = (licence?.elements ?? licence.map { [$0] } ?? []).compactMap {
      $0.text ?? $0["@id"]?.text ?? $0["url"]?.text
    }
    let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    layout = try Reader(json: json, path: path, directory: directory).layout()
  }

  /// Names with the prefixes of both vocabularies taken off.
  private static func plain(_ name: String) -> String {
    String(name.split(whereSeparator: { ":/#".contains($0) }).last ?? "")
  }

  private static func list(_ value: JSONValue?) -> [JSONValue] { value.map { $0.elements ?? [$0] } ?? [] }

  /// `{"@id": …}`, or the name itself, as older descriptions have it.
  private static func reference(_ value: JSONValue?) -> String? { value?["@id"]?.text ?? value?.text }

  private struct Field {
    let id: String
    let types: [String]
    let source: String?
    let column: String?
    let property: String?
    let refersTo: String?

    init(_ json: JSONValue) {
      id = json["@id"]?.text ?? json["name"]?.text ?? ""
      types = CroissantDescription.list(json["dataType"]).compactMap { $0.text.map(CroissantDescription.plain) }
      let source = json["source"]
      self.source =
        CroissantDescription.reference(source?["fileSet"]) ?? CroissantDescription.reference(source?["fileObject"])
        ?? CroissantDescription.reference(source?["distribution"])
      column = source?["extract"]?["column"]?.text
      property = source?["extract"]?["fileProperty"]?.text
      refersTo =
        CroissantDescription.reference(json["references"]?["field"])
        ?? CroissantDescription.reference(json["references"])
    }
  }

  private struct Reader {
    let json: JSONValue
    let path: String
    let directory: String

    private var resources: [JSONValue] { CroissantDescription.list(json["distribution"]) }

    private func resource(_ id: String) -> JSONValue? {
      resources.first { ($0["@id"]?.text ?? $0["name"]?.text) == id || $0["name"]?.text == id }
    }

    private func error(_ problem: String) -> DatasetError { DatasetError(path, problem) }

    func layout() throws -> Layout {
      let records = CroissantDescription.list(json["recordSet"]).map {
        CroissantDescription.list($0["field"]).map(Field.init)
      }
      for fields in records {
        guard let image = fields.first(where: { $0.types.contains("ImageObject") }), let source = image.source else {
          continue
        }
        guard let set = resource(source) else { throw error("it names no file or set of files called \(source)") }
        if let column = image.column {
          return Layout(
            isParquet: true, paths: try files(of: set), imageColumn: column,
            labelColumn: label(fields)?.column, table: nil, memberColumn: nil)
        }
        return try archives(set, fields, records)
      }
      throw error("no record set has a field of type sc:ImageObject whose source is a file")
    }

    /// Pictures in tars, their labels in a table that refers to the names of the members.
    private func archives(_ set: JSONValue, _ fields: [Field], _ records: [[Field]]) throws -> Layout {
      let tars = try CroissantDescription.list(set["containedIn"]).compactMap(CroissantDescription.reference).flatMap {
        id -> [String] in
        guard let container = resource(id) else { throw error("it names no file called \(id)") }
        return try files(of: container)
      }
      guard !tars.isEmpty, tars.allSatisfy({ [".tar", ".gz", ".tgz", ".zst"].contains(where: $0.hasSuffix) }) else {
        throw error("its pictures are in \(tars.first ?? "no archive"), and only Parquet files and tars are read")
      }
      let names = Set(fields.filter { ["filename", "fullpath"].contains($0.property) }.map(\.id))
      for other in records {
        guard let member = other.first(where: { $0.refersTo.map(names.contains) ?? false }), let column = member.column,
          let source = member.source.flatMap(resource), let label = label(other)?.column
        else { continue }
        return Layout(
          isParquet: false, paths: tars, imageColumn: nil, labelColumn: label, table: try files(of: source).first,
          memberColumn: column)
      }
      return Layout(
        isParquet: false, paths: tars, imageColumn: nil, labelColumn: nil, table: nil, memberColumn: nil)
    }

    private func label(_ fields: [Field]) -> Field? {
      let usual = ["label", "labels", "class", "class_name", "cls", "target", "category"]
      let candidates = fields.filter { $0.column != nil && !$0.types.contains("ImageObject") }
      return candidates.first { $0.types.contains("Label") }
        ?? usual.lazy.compactMap { name in
          candidates.first { CroissantDescription.plain($0.id).lowercased() == name || $0.column?.lowercased() == name }
        }.first
    }

    /// The files of an object or a set, which have to be there.
    private func files(of resource: JSONValue) throws -> [String] {
      let globs = CroissantDescription.list(resource["includes"]).compactMap(\.text)
      if !globs.isEmpty {
        let found = try FileGlob.files(in: directory, globs.map { String($0.drop { $0 == "/" }) })
        guard !found.isEmpty else {
          throw error("nothing beside it fits \(globs.joined(separator: ", ")); its files have to be downloaded first")
        }
        return found
      }
      guard let address = resource["contentUrl"]?.text else { throw error("a file of it has no contentUrl") }
      let isRemote = address.contains("://")
      let name = isRemote ? String(address.split(separator: "/").last ?? "") : address
      guard let relative = RelativePath.normalised(name) else {
        throw error("the path \(address.prefix(200)) is absolute or leads out with ..")
      }
      guard FileReading.exists("\(directory)/\(relative)") else {
        throw error(
          "\(relative) is missing beside it" + (isRemote ? "; download it from \(address.prefix(300)) first" : ""))
      }
      try verify(relative, resource["sha256"]?.text)
      return [relative]
    }

    private func verify(_ relative: String, _ sum: String?) throws {
      guard let sum, sum.count == 64 else { return }
      let file = try OpenFile("\(directory)/\(relative)")
      let digest = DigestBuilder()
      var place = 0
      while place < file.size {
        let piece = try file.bytes(at: place, count: min(1 << 20, file.size - place))
        digest.update(piece)
        place += piece.count
      }
      guard digest.finalize().description == sum.lowercased() else {
        throw DatasetError("\(directory)/\(relative)", "its SHA-256 is not what \(path) says; get the file again")
      }
    }
  }
}

/// Files below a directory by patterns: `*` and `?` within a name, `**` for any folders.
enum FileGlob {
  private static let fileLimit = 100_000
  /// More `**` in one pattern could take for ever.
  private static let mostDeep = 3

  /// Relative paths, in the order of their bytes. Links to folders are not followed.
  static func files(in directory: String, _ patterns: [String]) throws -> [String] {
    let parts = patterns.map { $0.split(separator: "/").map(Array.init) }
      .filter { $0.count { $0 == ["*", "*"] } <= mostDeep }
    var found: [String] = []
    var left = fileLimit
    func enter(_ folder: String, _ names: [[Character]]) throws {
      guard names.count < 16 else { return }
      for entry in try DirectoryListing(folder.isEmpty ? directory : "\(directory)/\(folder)").entries {
        guard left > 0 else { return }
        left -= 1
        let path = folder.isEmpty ? entry.name : "\(folder)/\(entry.name)"
        let own = names + [Array(entry.name)]
        switch entry.kind {
        case .file: if parts.contains(where: { matches(own[...], $0[...]) }) { found.append(path) }
        case .directory where !entry.name.hasPrefix("."): try? enter(path, own)
        default: break
        }
      }
    }
    try enter("", [])
    return found
  }

  private static func matches(_ names: ArraySlice<[Character]>, _ pattern: ArraySlice<[Character]>) -> Bool {
    guard let first = pattern.first else { return names.isEmpty }
    if first == ["*", "*"] {
      return matches(names, pattern.dropFirst()) || (!names.isEmpty && matches(names.dropFirst(), pattern))
    }
    guard let name = names.first, matches(name[...], first[...]) else { return false }
    return matches(names.dropFirst(), pattern.dropFirst())
  }

  /// With one place to go back to, so that no pattern takes long.
  private static func matches(_ name: ArraySlice<Character>, _ pattern: ArraySlice<Character>) -> Bool {
    var (place, at) = (name.startIndex, pattern.startIndex)
    var star: (pattern: Int, name: Int)?
    while place < name.endIndex {
      if at < pattern.endIndex, pattern[at] == "*" {
        star = (at, place)
        at += 1
      } else if at < pattern.endIndex, pattern[at] == "?" || pattern[at] == name[place] {
        (place, at) = (place + 1, at + 1)
      } else if let back = star {
        star = (back.pattern, back.name + 1)
        (place, at) = (back.name + 1, back.pattern + 1)
      } else {
        return false
      }
    }
    return pattern[at...].allSatisfy { $0 == "*" }
  }
}
