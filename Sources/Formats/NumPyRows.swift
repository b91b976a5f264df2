import Core
package import Files
package import Numerics

extension NumPyArray {
  /// The rows of a `.npy` file of two axes whose values, of type f2 or f4, lie there as a processor wants them; nil for
  /// anything else, which ``init(reading:name:)`` reads or refuses.
  package static func rows(in file: MappedFile) -> MappedRows? {
    let start = file.bytes(0..<min(12, file.size))
    guard start.count == 12, isNumPy(start), (1...3).contains(start[6]), start[7] == 0 else { return nil }
    let prefix = start[6] == 1 ? 10 : 12
    let length = Int(littleEndianBytes: start[8..<prefix])
    guard length <= file.size - prefix,
      let header = try? NumPyHeader(parsing: file.bytes(prefix..<prefix + length), name: file.path),
      header.shape.count == 2, !header.isFortranOrder, !header.type.isBigEndian, header.type.kind == .floating,
      let size = (header.shape + [header.type.size]).checkedProduct, size == file.size - prefix - length
    else { return nil }
    let element: MappedRows.Element
    switch header.type.size {
    case 2: element = .float16
    case 4: element = .float32
    default: return nil
    }
    return MappedRows(
      file, offset: prefix + length, element: element, rows: header.shape[0], columns: header.shape[1])
  }
}

/// Writes a `.npy` file of type f4 row by row, with the bytes of ``NumPyArray/bytes`` of all of them.
package struct NumPyRowWriter {
  private let columns: Int
  private let file: WorkFile
  private var rows = 0
  private var waiting: [Float] = []

  /// As long as the headers of all arrays of two axes are.
  private static let headerBytes = 128
  /// Numbers that are written at once.
  private static let piece = 1 << 18

  /// Throws a `FileError`.
  package init(columns: Int, in directory: String) throws {
    self.columns = columns
    file = try WorkFile(in: directory)
    try file.append([UInt8](repeating: 0, count: Self.headerBytes))
  }

  /// Takes whole rows. Throws a `FileError` when the disk has no room.
  package mutating func append(_ values: some Collection<Float>) throws {
    precondition(values.count.isMultiple(of: max(columns, 1)), "\(values.count) values are no rows of \(columns)")
    waiting += values
    rows += columns > 0 ? values.count / columns : 0
    if waiting.count >= Self.piece { try flush() }
  }

  private mutating func flush() throws {
    try file.append([UInt8](memoryOf: waiting))
    waiting.removeAll(keepingCapacity: true)
  }

  /// The whole file. Throws a `FileError`.
  package mutating func finished() throws -> WorkFile {
    try flush()
    let header = NumPyArray.header(shape: [rows, columns], type: NumPyType(.floating, size: 4))
    precondition(header.count == Self.headerBytes, "a header of \(header.count) bytes")
    try file.replaceStart(with: header)
    return file
  }
}

extension RowTable {
  /// The rows as a `.npy` file in `directory`. Throws a `FileError`.
  package func written(in directory: String) throws -> WorkFile {
    var writer = try NumPyRowWriter(columns: columns, in: directory)
    try forEachBlock { _, block in try writer.append(block.values) }
    return try writer.finished()
  }
}
