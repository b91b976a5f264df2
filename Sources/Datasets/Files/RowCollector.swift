import Files
import Formats
import Numerics

/// Gathers rows of numbers, in memory or, where there is a directory for it, in a file.
struct RowCollector {
  private let columns: Int
  private var values: [Float] = []
  private var writer: NumPyRowWriter?

  /// Throws a `FileError`.
  init(columns: Int, directory: String?) throws {
    self.columns = columns
    writer = try directory.map { try NumPyRowWriter(columns: columns, in: $0) }
  }

  /// Takes a row, or nothing. Throws a `FileError` when the disk has no room.
  mutating func append(_ row: [Float]) throws {
    if writer == nil { values += row } else { try writer?.append(row) }
  }

  /// The rows, and the file that they lie in: a `.npy` file. Throws a `FileError`.
  mutating func finished() throws -> (rows: RowTable, file: WorkFile?) {
    guard let file = try writer?.finished() else {
      return (RowTable(Matrix(rows: values.count / columns, columns: columns, values: values)), nil)
    }
    guard let rows = MappedFile(file.path).flatMap(NumPyArray.rows(in:)) else {
      throw FileError(file.path, "cannot be read again")
    }
    return (RowTable(rows), file)
  }
}
