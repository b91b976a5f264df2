import Files

/// What people keep in a folder of samples, told by the names in it.
package enum FolderLayout: Hashable, Sendable {
  /// Pictures, in folders of their classes or beside a table of metadata.
  case pictures
  /// Archives of a WebDataset, also as img2dataset writes them.
  case shards([String])
  /// Parquet files with pictures, as Hugging Face keeps them.
  case parquet([String])
  /// Arrays of embeddings with their tables: clip-retrieval's `img_emb/img_emb_0.npy` and `metadata/metadata_0.parquet`, or
  /// DataComp's `UID.npz` beside `UID.parquet`. One table an array; none where there are none.
  case embeddings(arrays: [String], tables: [String])

  /// Looks at the names in `directory`, not into files. Paths are below it, in the order of their numbers and bytes. Throws a
  /// `FileError` when it is none.
  package init(of directory: String) throws {
    let top = try Self.names(in: directory)
    func ending(_ endings: String..., in names: [String]) -> [String] {
      Self.ordered(names.filter { name in endings.contains { name.hasSuffix($0) } })
    }
    let shards = ending(".tar", ".tar.gz", ".tgz", ".tar.zst", in: top)
    if !shards.isEmpty {
      self = .shards(shards)
      return
    }
    if top.contains("img_emb") {
      let arrays = ending(".npy", in: try Self.names(in: "\(directory)/img_emb")).map { "img_emb/\($0)" }
      let tables = top.contains("metadata") ? ending(".parquet", in: try Self.names(in: "\(directory)/metadata")) : []
      self = .embeddings(arrays: arrays, tables: Self.paired(arrays, tables.map { "metadata/\($0)" }))
      return
    }
    let (arrays, tables) = (ending(".npz", in: top), ending(".parquet", in: top))
    if !arrays.isEmpty {
      self = .embeddings(arrays: arrays, tables: Self.paired(arrays, tables))
      return
    }
    if !tables.isEmpty {
      self = .parquet(tables)
      return
    }
    if top.contains("data"), case let inner = ending(".parquet", in: (try? Self.names(in: "\(directory)/data")) ?? []),
      !inner.isEmpty
    {
      self = .parquet(inner.map { "data/\($0)" })
      return
    }
    self = .pictures
  }

  private static func paired(_ arrays: [String], _ tables: [String]) -> [String] {
    arrays.count == tables.count ? tables : []
  }

  private static func names(in directory: String) throws -> [String] {
    try DirectoryListing(directory).entries.map(\.name).filter { !$0.hasPrefix(".") }
  }

  /// By the numbers in names, so that `_10` stands behind `_9`; else by bytes.
  private static func ordered(_ names: [String]) -> [String] {
    func key(_ name: String) -> [String] {
      var parts: [String] = []
      var wasDigit: Bool?
      for character in name {
        let isDigit = ("0"..."9").contains(character)
        if isDigit == wasDigit { parts[parts.count - 1].append(character) } else { parts.append(String(character)) }
        wasDigit = isDigit
      }
      return parts.map { part in
        let digits = part.drop { $0 == "0" }
        guard part.allSatisfy({ ("0"..."9").contains($0) }) else { return part }
        return String(repeating: "0", count: max(0, 20 - digits.count)) + digits
      }
    }
    return names.map { (key($0), $0) }.sorted { ($0.0.lexicographicallyPrecedes($1.0)) }.map(\.1)
  }
}
