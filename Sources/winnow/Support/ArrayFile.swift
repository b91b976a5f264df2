import Formats
import Numerics

/// NumPy files that a person names on the command line.
enum ArrayFile {
  /// The same in double precision where the file needs it.
  static func rows(_ path: String) throws -> RealRows {
    let array = try NumPyArray(reading: try InputFile.bytes(of: path), name: path)
    guard array.shape.count >= 2, let values = array.values.doubles else {
      throw CommandError("\(path): numbers in two or more dimensions are needed, one row a sample")
    }
    let (rows, columns) = (array.shape[0], array.shape.dropFirst().reduce(1, *))
    if case .float32(let values) = array.values {
      return RealRows(Matrix(rows: rows, columns: columns, values: values))
    }
    return RealRows(rows: rows, columns: columns, values: values)
  }

  /// An array with one row a sample; further axes are laid out one after the other. Throws with the path otherwise.
  static func matrix(_ path: String) throws -> Matrix {
    let array = try NumPyArray(reading: try InputFile.bytes(of: path), name: path)
    guard array.shape.count >= 2, let values = array.values.floats else {
      throw CommandError("\(path): numbers in two or more dimensions are needed, one row a sample")
    }
    return Matrix(rows: array.shape[0], columns: array.shape.dropFirst().reduce(1, *), values: values)
  }
}

extension NumPyArray.Values {
  /// The values as numbers of double precision; nil for names.
  var doubles: [Double]? {
    switch self {
    case .float64(let values): values
    case .identifiers: nil
    default: integers?.map(Double.init) ?? floats?.map(Double.init)
    }
  }
}
