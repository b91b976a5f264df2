import Core
import Files

/// Goes through a column of a row group, page by page; one page and the dictionary are in memory.
package struct ParquetColumnReader {
  private static let headerLimit = 1 << 16
  /// The largest page that is unpacked. Writers aim at one mebibyte and count in thousands of rows.
  private static let pageLimit = 1 << 30

  /// The most rows of a page. Writers make pages of twenty thousand; damaged files can name any number.
  private static let pageRowLimit = 1 << 24

  private let file: OpenFile
  private let column: ParquetFile.Column
  private let codec: Int
  private let rows: Int
  private var place: Int
  private let end: Int
  private var dictionary: ParquetValues?
  private var page: Page?
  /// The row behind the page at hand.
  private var next = 0

  init(file: OpenFile, column: ParquetFile.Column, chunk: ParquetFile.Chunk, rows: Int) {
    (self.file, self.column, self.rows, codec) = (file, column, rows, chunk.codec)
    (place, end) = (chunk.offset, chunk.offset + chunk.size)
  }

  /// The value in a row of the row group, counted from 0; nil where it is missing. Rows are asked for in rising order; those of
  /// the page at hand in any.
  ///
  /// Throws a ``DatasetError`` for what is damaged or not read.
  package mutating func value(at row: Int) throws -> ParquetValue? {
    guard (0..<rows).contains(row) else { throw error("there is no row \(row) in a group of \(rows)") }
    if let page, row < page.first { throw error("rows are read in rising order") }
    while row >= next { try readPage(wanted: row) }
    // A page that could not be read was counted all the same, and the next of its rows may be asked for.
    guard let page, row < page.first + page.count else { throw damaged }
    return page.value(at: row, dictionary)
  }

  /// The page that holds the next rows; unpacked only where it holds `wanted`.
  private mutating func readPage(wanted: Int) throws {
    guard place < end else { throw error("the pages end before the rows") }
    let head = try file.bytes(at: place, count: min(Self.headerLimit, end - place))
    var reader = ThriftReader(head)
    guard let header = try? reader.structure(), let type = header[1]?.integer, let size = header[2]?.integer,
      let packedSize = header[3]?.integer, size >= 0, packedSize >= 0,
      packedSize <= end - place - reader.position
    else { throw damaged }
    let start = place + reader.position
    place = start + packedSize
    guard size <= Self.pageLimit else { throw error("a page has \(size) bytes; at most \(Self.pageLimit) are read") }
    func content() throws -> [UInt8] {
      let bytes = try file.bytes(at: start, count: packedSize)
      guard bytes.count == packedSize else { throw damaged }
      return bytes
    }
    switch (type, header) {
    case (0, _):
      guard let about = header[5], let count = about[1]?.integer, let encoding = about[2]?.integer else {
        throw damaged
      }
      guard try advance(count, wanted) else { return }
      let bytes = try unpacked(content(), size)
      page = try Page(
        first: next - count, count: count, bytes: bytes, encoding: encoding, levels: levels(bytes, count), self)
    case (2, _):
      guard dictionary == nil, next == 0, let about = header[7], let count = about[1]?.integer,
        case let bytes = try unpacked(content(), size),
        let values = ParquetValues(plain: bytes, from: 0, count: count, column)
      else { throw damaged }
      dictionary = values
    case (3, _):
      guard let about = header[8], let count = about[1]?.integer, let encoding = about[4]?.integer,
        let levelSize = about[5]?.integer, about[6]?.integer == 0, levelSize >= 0, levelSize <= min(size, packedSize)
      else { throw damaged }
      guard try advance(count, wanted) else { return }
      let bytes = try content()
      // Levels are never packed in this version.
      let levels = try levels(bytes, 0..<levelSize, count)
      let values =
        about[7]?.bool == false
        ? Array(bytes[levelSize...]) : try unpacked(Array(bytes[levelSize...]), size - levelSize)
      page = try Page(
        first: next - count, count: count, bytes: values, encoding: encoding, levels: (levels, 0), self)
    default: break  // an index, or something that came later
    }
  }

  /// Counts the rows of a page. Returns whether `wanted` is among them.
  private mutating func advance(_ count: Int, _ wanted: Int) throws -> Bool {
    guard (0...(rows - next)).contains(count) else { throw damaged }
    guard count <= Self.pageRowLimit else {
      throw error("a page has \(count) rows; at most \(Self.pageRowLimit) are read")
    }
    next += count
    return wanted < next
  }

  /// Which rows of a page of version 1 have a value, nil for all, and where the values begin.
  private func levels(_ bytes: [UInt8], _ count: Int) throws -> ([Bool]?, Int) {
    guard column.levels > 0 else { return (nil, 0) }
    guard bytes.count >= 4, case let length = Int(UInt32(littleEndianBytes: bytes[0..<4])), length <= bytes.count - 4
    else { throw damaged }
    return (try levels(bytes, 4..<(4 + length), count), 4 + length)
  }

  private func levels(_ bytes: [UInt8], _ range: Range<Int>, _ count: Int) throws -> [Bool]? {
    guard column.levels > 0 else { return nil }
    let width = Int.bitWidth - column.levels.leadingZeroBitCount
    guard let levels = ParquetRuns.read(bytes, range, width: width, count: count) else { throw damaged }
    return levels.map { $0 == column.levels }
  }

  private func unpacked(_ bytes: [UInt8], _ size: Int) throws -> [UInt8] {
    do {
      return try ParquetCodec.unpack(bytes, codec: codec, size: size)
    } catch ParquetCodec.Problem.unknown(let name) {
      throw error("it is packed with \(name); Snappy, gzip and Zstandard are read")
    } catch {
      throw damaged
    }
  }

  fileprivate func error(_ problem: String) -> DatasetError {
    DatasetError("\(file.path), column \(column.name)", problem)
  }
  fileprivate var damaged: DatasetError { error("a page is damaged; get the file again") }

  private struct Page {
    let first: Int
    let count: Int
    /// The number of each row's value among those that are there; nil where it is missing. nil when all are there.
    private var places: [Int?]?
    private var values: ParquetValues?
    /// Numbers of values in the dictionary, instead of values.
    private var indices: [Int]?

    init(
      first: Int, count: Int, bytes: [UInt8], encoding: Int, levels: ([Bool]?, Int), _ reader: ParquetColumnReader
    ) throws {
      (self.first, self.count) = (first, count)
      var present = count
      if let isThere = levels.0 {
        present = 0
        places = isThere.map { hasValue in
          guard hasValue else { return nil }
          present += 1
          return present - 1
        }
      }
      let start = levels.1
      switch encoding {
      case 0: values = ParquetValues(plain: bytes, from: start, count: present, reader.column)
      case 2, 8:
        guard let dictionary = reader.dictionary else { throw reader.damaged }
        // A page without values may have no width either.
        let width = start < bytes.count ? Int(bytes[start]) : 0
        indices =
          present == 0
          ? [] : ParquetRuns.read(bytes, min(start + 1, bytes.count)..<bytes.count, width: width, count: present)
        guard let indices, indices.allSatisfy({ $0 < dictionary.count }) else { throw reader.damaged }
      case 3 where reader.column.type == .boolean:
        guard bytes.count - start >= 4 else { throw reader.damaged }
        let length = Int(UInt32(littleEndianBytes: bytes[start..<(start + 4)]))
        guard length <= bytes.count - start - 4 else { throw reader.damaged }
        values = ParquetRuns.read(bytes, (start + 4)..<(start + 4 + length), width: 1, count: present).map {
          ParquetValues(bools: $0)
        }
      default: throw reader.error("its encoding (\(encoding)) is not read; plain and dictionary pages are")
      }
      guard values != nil || indices != nil else { throw reader.damaged }
    }

    func value(at row: Int, _ dictionary: ParquetValues?) -> ParquetValue? {
      let index = row - first
      guard let place = places.map({ $0[index] }) ?? index else { return nil }
      return indices.map { dictionary![$0[place]] } ?? values![place]
    }
  }
}
