import Formats
import Numerics

/// NumPy files that a person names on the command line.
enum ArrayFile {
  /// An array with one row a sample; further axes are laid out one after the other. Throws with the path otherwise.
  static func matrix(_ path: String) throws -> Matrix {
    let array = try NumPyArray(reading: try InputFile.bytes(of: path), name: path)
    guard array.shape.count >= 2, let values = array.values.floats else {
      throw CommandError("\(path): numbers in two or more dimensions are needed, one row a sample")
    }
    return Matrix(rows: array.shape[0], columns: array.shape.dropFirst().reduce(1, *), values: values)
  }
}
