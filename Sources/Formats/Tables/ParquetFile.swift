import Core
package import Files

/// A Parquet file (https://github.com/apache/parquet-format): what its footer says, and its columns page by page.
///
/// Read is what pyarrow, `datasets` and their relatives write of flat columns and of columns within structures: plain and
/// dictionary pages of both versions, uncompressed or packed with Snappy, gzip or Zstandard. Columns of lists, encrypted files and
/// other encodings are refused by name when they are asked for.
package struct ParquetFile: Sendable {
  package enum ValueType: Int, Hashable, Sendable {
    case boolean = 0
    case int32, int64, int96, float, double, bytes, fixedBytes
  }

  /// A leaf of the schema.
  package struct Column: Hashable, Sendable {
    /// `image.bytes`
    package let name: String
    package let type: ValueType
    /// Text, not just bytes.
    package let isText: Bool
    /// It or something around it is repeated: a list or a map.
    package let isRepeated: Bool
    /// How many levels of it and around it may be missing.
    let levels: Int
    /// Bytes of a value, for ``ValueType/fixedBytes``.
    let width: Int
  }

  /// Where a column's pages of one row group are.
  struct Chunk: Hashable, Sendable {
    let offset: Int
    let size: Int
    let codec: Int
    let isEncrypted: Bool
  }

  struct RowGroup: Hashable, Sendable {
    let rows: Int
    /// One a column.
    let chunks: [Chunk]
  }

  /// Footers of files with ten thousand row groups have some megabytes.
  private static let footerLimit = 64 << 20
  private static let mark = Array("PAR1".utf8)

  package let path: String
  package let columns: [Column]
  /// What writers say about the file: under `huggingface` the features of a data set.
  package let metadata: [String: String]
  let groups: [RowGroup]
  let file: OpenFile

  package var rows: Int { groups.reduce(0) { $0 + $1.rows } }
  package var groupCount: Int { groups.count }
  package func rows(inGroup group: Int) -> Int { groups[group].rows }
  /// How many bytes a column takes in a row group, packed.
  func size(ofColumn column: Int, inGroup group: Int) -> Int { groups[group].chunks[column].size }

  /// Reads the footer. Throws a ``DatasetError`` that says what is wrong, a `FileError` when the file cannot be read.
  package init(_ file: OpenFile) throws {
    let tail = try file.bytes(at: max(0, file.size - 8), count: 8)
    guard file.size >= 12, Array(tail.suffix(4)) == Self.mark else {
      let isEncrypted = Array(tail.suffix(4)) == Array("PARE".utf8)
      throw DatasetError(
        file.path,
        isEncrypted
          ? "the file is encrypted, which is not read" : "this is not a whole Parquet file: it does not end in PAR1")
    }
    let length = Int(UInt32(littleEndianBytes: tail.prefix(4)))
    guard length <= file.size - 12, length <= Self.footerLimit else {
      throw DatasetError(file.path, "the footer is said to have \(length) bytes; the file is damaged or cut short")
    }
    let footer = try file.bytes(at: file.size - 8 - length, count: length)
    let damaged = DatasetError(file.path, "the footer is damaged; get the file again")
    var reader = ThriftReader(footer)
    guard let content = try? reader.structure(), let schema = content[2]?.list, let groups = content[4]?.list,
      let columns = ParquetSchema.columns(schema)
    else { throw damaged }
    self.columns = columns
    self.groups = try groups.map {
      guard let group = Self.group($0, columns: columns.count, fileSize: file.size) else { throw damaged }
      return group
    }
    guard self.groups.reduce(0, { $0 &+ $1.rows }) < 1 << 48 else { throw damaged }
    var metadata: [String: String] = [:]
    for pair in content[5]?.list ?? [] {
      if let key = pair[1]?.text, let value = pair[2]?.text { metadata[key] = value }
    }
    self.metadata = metadata
    self.file = file
    path = file.path
  }

  /// The column called `name`; nil when there is none.
  package func column(_ name: String) -> Int? { columns.firstIndex { $0.name == name } }

  /// Reads a column of a row group from its first row on. Throws a ``DatasetError`` for a column or a row group that there is
  /// not, and for a column that is not read.
  package func reader(column: Int, group: Int) throws -> ParquetColumnReader {
    guard columns.indices.contains(column), groups.indices.contains(group) else {
      throw DatasetError(path, "there is no column \(column) in a row group \(group); the file has changed")
    }
    guard !columns[column].isRepeated else {
      throw DatasetError(path, "the column \(columns[column].name) holds lists, which are not read")
    }
    let chunk = groups[group].chunks[column]
    guard !chunk.isEncrypted else { throw DatasetError(path, "the file is encrypted, which is not read") }
    return ParquetColumnReader(
      file: file, column: columns[column], chunk: chunk, rows: groups[group].rows)
  }

  private static func group(_ value: ThriftValue, columns: Int, fileSize: Int) -> RowGroup? {
    guard let rows = value[3]?.integer, (0..<(1 << 48)).contains(rows), let chunks = value[1]?.list,
      chunks.count == columns
    else { return nil }
    let places = chunks.compactMap { chunk -> Chunk? in
      let isEncrypted = chunk[8] != nil
      guard chunk[1] == nil else { return nil }  // in another file
      guard let about = chunk[3] else {
        return isEncrypted ? Chunk(offset: 0, size: 0, codec: 0, isEncrypted: true) : nil
      }
      guard let size = about[7]?.integer, let data = about[9]?.integer, let codec = about[4]?.integer else {
        return nil
      }
      // Some writers say 0 where there is no dictionary.
      let dictionary = about[11]?.integer ?? 0
      let offset = dictionary > 0 ? min(dictionary, data) : data
      guard offset >= 0, size >= 0, offset <= fileSize, size <= fileSize - offset else { return nil }
      return Chunk(offset: offset, size: size, codec: codec, isEncrypted: isEncrypted)
    }
    return places.count == columns ? RowGroup(rows: rows, chunks: places) : nil
  }
}

/// The schema is a tree, written as a list in depth-first order.
enum ParquetSchema {
  /// What a damaged or hostile file may make us keep.
  private static let (mostColumns, longestName) = (100_000, 1_000)

  /// nil when it is damaged.
  static func columns(_ elements: [ThriftValue]) -> [ParquetFile.Column]? {
    var walk = Walk(elements: elements)
    guard let root = elements.first, let count = root[5]?.integer else { return nil }
    for _ in 0..<max(0, min(count, elements.count)) {
      guard walk.enter(prefix: "", levels: 0, isRepeated: false, depth: 0) else { return nil }
    }
    return walk.position == elements.count ? walk.columns : nil
  }

  private struct Walk {
    let elements: [ThriftValue]
    var position = 1
    var columns: [ParquetFile.Column] = []

    mutating func enter(prefix: String, levels: Int, isRepeated: Bool, depth: Int) -> Bool {
      guard position < elements.count, depth < 32, let name = elements[position][4]?.text,
        prefix.utf8.count <= ParquetSchema.longestName
      else { return false }
      let element = elements[position]
      position += 1
      let repetition = element[3]?.integer ?? 0
      let (levels, isRepeated) = (levels + (repetition == 0 ? 0 : 1), isRepeated || repetition == 2)
      if let children = element[5]?.integer, children > 0 || element[1] == nil {
        guard (0...elements.count).contains(children) else { return false }
        for _ in 0..<children {
          guard enter(prefix: "\(prefix)\(name).", levels: levels, isRepeated: isRepeated, depth: depth + 1) else {
            return false
          }
        }
        return true
      }
      guard let type = element[1]?.integer.flatMap({ ParquetFile.ValueType(rawValue: $0) }) else { return false }
      let full = prefix + name
      guard columns.count < ParquetSchema.mostColumns, full.utf8.count <= ParquetSchema.longestName else {
        return false
      }
      let width = element[2]?.integer ?? 0
      guard type != .fixedBytes || (1...(1 << 20)).contains(width) else { return false }
      // The old annotation UTF8 (0), and the new one STRING (1).
      let isText = element[6]?.integer == 0 || element[10]?[1] != nil
      columns.append(
        ParquetFile.Column(
          name: full, type: type, isText: isText, isRepeated: isRepeated, levels: levels, width: width))
      return true
    }
  }
}
