import Core
package import Samples

/// Reads the IDX format of MNIST and its relatives: a magic number with element type and rank, big-endian sizes, values.
package enum IDXFile {
  /// The largest file that is accepted after decompression: 1 GiB.
  package static let sizeLimit = 1 << 30

  /// Images from an IDX file of unsigned bytes and rank 3, gzipped or not.
  ///
  /// Throws a ``DatasetError`` that names `name` and what is wrong.
  package static func images(_ bytes: [UInt8], name: String) throws -> ImageSet {
    let (sizes, values) = try read(bytes, rank: 3, name: name)
    guard sizes[1] > 0, sizes[2] > 0 else {
      throw DatasetError(name, "images of \(sizes[1])×\(sizes[2]) pixels are empty")
    }
    return ImageSet(count: sizes[0], height: sizes[1], width: sizes[2], pixels: values)
  }

  /// Whether `bytes` start as such a file does: two zeros, a known element type, one to eight axes.
  static func isIDX(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 4 && bytes[0] == 0 && bytes[1] == 0 && elementTypes[bytes[2]] != nil && (1...8).contains(bytes[3])
  }

  /// The array in an IDX file of any element type and rank, not gzipped.
  ///
  /// Throws a ``DatasetError`` that names `name` and what is wrong.
  static func array(_ bytes: [UInt8], name: String) throws -> NumPyArray {
    guard isIDX(bytes), let type = elementTypes[bytes[2]] else { throw DatasetError(name, "this is not an IDX file") }
    let sizes = try sizes(bytes, rank: Int(bytes[3]), name: name)
    var body = Array(bytes[(4 + 4 * sizes.count)...])
    try checkSize(sizes, valueCount: body.count / type.size, name: name)
    guard body.count.isMultiple(of: type.size) else { throw DatasetError(name, "the file ends inside a value") }
    body.reverseEach(type.unit)
    return NumPyArray(
      shape: sizes, values: NumPyArray.Values(type, count: body.count / type.size, bytes: body)!)
  }

  private static let elementTypes: [UInt8: NumPyType] = [
    0x08: NumPyType(.unsigned, size: 1), 0x09: NumPyType(.signed, size: 1), 0x0B: NumPyType(.signed, size: 2),
    0x0C: NumPyType(.signed, size: 4), 0x0D: NumPyType(.floating, size: 4), 0x0E: NumPyType(.floating, size: 8),
  ]

  /// Labels from an IDX file of unsigned bytes and rank 1, gzipped or not; each must be below `classes`.
  ///
  /// Throws a ``DatasetError`` that names `name` and what is wrong.
  package static func labels(_ bytes: [UInt8], classes: Int, name: String) throws -> [Int32] {
    let values = try read(bytes, rank: 1, name: name).values
    if let index = values.firstIndex(where: { Int($0) >= classes }) {
      throw DatasetError(name, "label \(index) is \(values[index]), but the classes are 0 to \(classes - 1)")
    }
    return values.map { Int32($0) }
  }

  private static func read(_ file: [UInt8], rank: Int, name: String) throws -> (sizes: [Int], values: [UInt8]) {
    let bytes = try Gzip.unpacked(file, name: name, limit: sizeLimit)
    guard bytes.count >= 4 else { throw DatasetError(name, "\(bytes.count) bytes are too few for an IDX file") }
    guard bytes[0] == 0, bytes[1] == 0 else {
      throw DatasetError(
        name, "this is not an IDX file: it starts with the bytes \(bytes[0]) and \(bytes[1]), not 0 and 0")
    }
    guard bytes[2] == 0x08 else {
      throw DatasetError(name, "the element type is \(bytes[2]); only unsigned bytes (8) are read")
    }
    guard bytes[3] == UInt8(rank) else {
      throw DatasetError(name, "the array has rank \(bytes[3]), but rank \(rank) is needed here")
    }
    let sizes = try sizes(bytes, rank: rank, name: name)
    let values = Array(bytes[(4 + 4 * rank)...])
    try checkSize(sizes, valueCount: values.count, name: name)
    return (sizes, values)
  }

  private static func sizes(_ bytes: [UInt8], rank: Int, name: String) throws -> [Int] {
    guard bytes.count >= 4 + 4 * rank else { throw DatasetError(name, "the file ends inside its header") }
    return (0..<rank).map { axis in bytes[(4 + 4 * axis)..<(8 + 4 * axis)].reduce(0) { $0 << 8 | Int($1) } }
  }

  private static func checkSize(_ sizes: [Int], valueCount: Int, name: String) throws {
    let shape = sizes.map(String.init).joined(separator: "×")
    guard let needed = sizes.checkedProduct else {
      throw DatasetError(name, "the sizes \(shape) overflow")
    }
    guard valueCount >= needed else {
      throw DatasetError(name, "it is cut short: \(shape) values are promised, \(valueCount) are there")
    }
    guard valueCount == needed else {
      throw DatasetError(name, "\(valueCount - needed) bytes follow the promised \(shape) values")
    }
  }
}

extension [Int] {
  /// The product of non-negative sizes; nil when a size is negative, or when the product of those that are not 0
  /// does not fit in an `Int` (so that no partial product can overflow later).
  var checkedProduct: Int? {
    var product = 1
    for size in self {
      let (next, overflow) = product.multipliedReportingOverflow(by: Swift.max(size, 1))
      guard !overflow, size >= 0 else { return nil }
      product = next
    }
    return contains(0) ? 0 : product
  }
}
