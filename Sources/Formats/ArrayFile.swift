import Core
package import Numerics

/// Arrays in any of the forms in which people keep them: `.npy`, `.npz`, safetensors, IDX, each gzipped or not.
package enum ArrayFile {
  /// The largest content that is accepted after decompression: 4 GiB.
  package static let sizeLimit = 4 << 30

  /// The array in a file's bytes, whose form they tell themselves.
  ///
  /// Throws a ``DatasetError`` that names `name` and what is wrong; of a file with several arrays it lists them.
  package static func array(_ file: [UInt8], name: String) throws -> NumPyArray {
    let bytes = try Gzip.unpacked(file, name: name, limit: sizeLimit)
    if ZipArchive.isArchive(bytes) || SafeTensors.isSafeTensors(bytes) {
      return try array(bytes, member: nil, name: name, advice: "save that one alone with numpy.save")
    }
    return IDXFile.isIDX(bytes) ? try IDXFile.array(bytes, name: name) : try NumPyArray(reading: bytes, name: name)
  }

  /// An array with one row a sample in the precision of the file; further axes are laid out one after the other, and every
  /// value is finite.
  ///
  /// Throws a ``DatasetError`` that names `name`, and of a value that is not finite its row and column.
  package static func rows(_ file: [UInt8], name: String) throws -> RealRows {
    let array = try array(file, name: name)
    guard array.shape.count >= 2, let rows = Self.rows(of: array) else {
      throw DatasetError(name, "numbers in two or more dimensions are needed, one row a sample")
    }
    if let position = rows.firstBeyond(.greatestFiniteMagnitude) {
      throw DatasetError(
        name,
        "it holds \(rows[position]) in row \(position / rows.columns), column \(position % rows.columns), counted from 0; "
          + "every value must be a finite number")
    }
    return rows
  }

  /// Values of single precision stay as they are; nil for text and names.
  private static func rows(of array: NumPyArray) -> RealRows? {
    let columns = array.shape.dropFirst().reduce(1, *)
    if case .float32(let values) = array.values {
      return RealRows(Matrix(rows: array.shape[0], columns: columns, values: values))
    }
    return array.values.doubles.map { RealRows(rows: array.shape[0], columns: columns, values: $0) }
  }

  /// The same in single precision. Throws likewise, and for a value that single precision cannot hold.
  package static func matrix(_ file: [UInt8], name: String) throws -> Matrix {
    let rows = try rows(file, name: name)
    let matrix = rows.matrix
    if let position = matrix.values.firstIndex(where: { !$0.isFinite }) {
      throw DatasetError(
        name,
        "it holds \(rows[position]) in row \(position / rows.columns), column \(position % rows.columns), counted from 0, "
          + "which is more than single precision can hold; scale the values")
    }
    return matrix
  }

  /// Whether `bytes` start as an array does, not as text.
  static func isArray(_ bytes: [UInt8]) -> Bool {
    NumPyArray.isNumPy(bytes) || ZipArchive.isArchive(bytes) || IDXFile.isIDX(bytes)
  }
}
