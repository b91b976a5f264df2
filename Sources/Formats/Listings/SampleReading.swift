package import Core
import Files

/// Reads the bytes of samples where a listing found them.
package enum SampleReading {
  /// The largest encoded picture that is read, in bytes: 256 MiB.
  package static let limit = 256 << 20

  /// Calls `body` with the position in `locations` and the bytes of each, or what is wrong with it. The calls come file by file,
  /// and within a file by place: archives that are compressed and tables are read once, from front to back.
  ///
  /// Throws only what `body` throws.
  package static func read(
    _ locations: [SampleLocation], _ body: (Int, Result<[UInt8], DatasetError>) throws -> Void
  ) throws {
    let order = locations.indices.sorted { (key(locations[$0]), $0) < (key(locations[$1]), $1) }
    var start = 0
    while start < order.count {
      let path = locations[order[start]].path
      let end = order[start...].firstIndex { locations[$0].path != path } ?? order.count
      try readFile(path, order[start..<end].map { ($0, locations[$0]) }, body)
      start = end
    }
  }

  /// One that is not `Comparable` by itself: path, then place.
  private struct Key: Comparable {
    let path: String
    let place: [Int]

    static func < (left: Key, right: Key) -> Bool {
      left.path != right.path
        ? left.path.utf8.lexicographicallyPrecedes(right.path.utf8) : left.place.lexicographicallyPrecedes(right.place)
    }
  }

  private static func key(_ location: SampleLocation) -> Key {
    switch location {
    case .file(let path): Key(path: path, place: [])
    case .range(let path, let offset, _): Key(path: path, place: [0, offset])
    case .packed(let path, let offset, _): Key(path: path, place: [1, offset])
    case .row(let path, let column, let group, let row): Key(path: path, place: [2, column, group, row])
    }
  }

  private static func readFile(
    _ path: String, _ wanted: [(Int, SampleLocation)], _ body: (Int, Result<[UInt8], DatasetError>) throws -> Void
  ) throws {
    let file: OpenFile
    do {
      file = try OpenFile(path)
    } catch {
      for (index, _) in wanted { try body(index, .failure(datasetError(error, path))) }
      return
    }
    var packed = PackedReader(file)
    var rows = RowReader(file)
    for (index, location) in wanted {
      try body(
        index,
        result(path) {
          switch location {
          case .file: try bytes(file, 0, file.size)
          case .range(_, let offset, let length): try bytes(file, offset, length)
          case .packed(_, let offset, let length): try packed.bytes(offset, length)
          case .row(_, let column, let group, let row): try rows.bytes(column, group, row)
          }
        })
    }
  }

  private static func result(_ path: String, _ read: () throws -> [UInt8]) -> Result<[UInt8], DatasetError> {
    do {
      return .success(try read())
    } catch {
      return .failure(datasetError(error, path))
    }
  }

  private static func datasetError(_ error: any Error, _ path: String) -> DatasetError {
    switch error {
    case let error as DatasetError: error
    case let error as FileError: DatasetError(error.path, error.problem)
    default: DatasetError(path, "\(error)")
    }
  }

  fileprivate static func check(_ length: Int, _ path: String) throws {
    guard (0...limit).contains(length) else {
      throw DatasetError(path, "a sample has \(length) bytes; at most \(limit) are read")
    }
  }

  private static func bytes(_ file: OpenFile, _ offset: Int, _ length: Int) throws -> [UInt8] {
    try check(length, file.path)
    let bytes = try file.bytes(at: offset, count: length)
    guard bytes.count == length else { throw DatasetError(file.path, "the file ends inside a sample; it has changed") }
    return bytes
  }
}

/// Goes forward through a compressed file.
private struct PackedReader {
  private let file: OpenFile
  private var stream: (any ByteStream)?

  init(_ file: OpenFile) { self.file = file }

  mutating func bytes(_ offset: Int, _ length: Int) throws -> [UInt8] {
    try SampleReading.check(length, file.path)
    // A sample that is wanted twice.
    if let position = stream?.position, position > offset { stream = nil }
    let stream = try self.stream ?? file.stream()
    self.stream = stream
    let distance = offset - stream.position
    guard try stream.skip(distance) == distance, case let bytes = try stream.read(length), bytes.count == length else {
      throw DatasetError(file.path, "the file ends inside a sample; it has changed")
    }
    return bytes
  }
}

/// Goes forward through a column of a table.
private struct RowReader {
  private let file: OpenFile
  private var table: ParquetFile?
  private var reader: (column: Int, group: Int, next: Int, values: ParquetColumnReader)?

  init(_ file: OpenFile) { self.file = file }

  mutating func bytes(_ column: Int, _ group: Int, _ row: Int) throws -> [UInt8] {
    let table = try self.table ?? ParquetFile(file)
    self.table = table
    if reader?.column != column || reader?.group != group || reader!.next > row {
      reader = (column, group, 0, try table.reader(column: column, group: group))
    }
    guard let value = try reader!.values.value(at: row) else {
      throw DatasetError(file.path, "row \(row) of row group \(group) holds no picture")
    }
    reader!.next = row
    guard case .bytes(let bytes) = value else { throw DatasetError(file.path, "the column does not hold bytes") }
    return bytes
  }
}
