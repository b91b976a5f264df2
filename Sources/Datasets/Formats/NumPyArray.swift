import Glibc

/// An array in NumPy's `.npy` format, version 1.0, little-endian, C order: the form in which data sets are stored.
package struct NumPyArray: Hashable, Sendable {
  /// The values by element type.
  package enum Values: Hashable, Sendable {
    case uint8([UInt8])
    case int32([Int32])
    case uint32([UInt32])
    case float32([Float])
  }

  package let shape: [Int]
  /// As many as the product of ``shape``, last axis fastest.
  package let values: Values

  /// Takes exactly as many values as `shape` says; traps otherwise.
  package init(shape: [Int], values: Values) {
    precondition(shape.checkedProduct == values.count, "\(values.count) values cannot fill the shape \(shape)")
    self.shape = shape
    self.values = values
  }

  /// The file's bytes, equal for equal arrays.
  package var bytes: [UInt8] {
    let sizes = shape.count == 1 ? "\(shape[0])," : shape.map(String.init).joined(separator: ", ")
    var header = "{'descr': '\(values.typeName)', 'fortran_order': False, 'shape': (\(sizes)), }"
    // The format pads so that the values start at a multiple of 64 bytes.
    let padding = 63 - (10 + header.utf8.count) % 64
    header += String(repeating: " ", count: padding) + "\n"
    let length = header.utf8.count
    var bytes = Self.magic + [UInt8(length & 0xFF), UInt8(length >> 8)]
    bytes.reserveCapacity(bytes.count + length + values.count * values.elementSize)
    bytes += Array(header.utf8)
    bytes += values.bytes
    return bytes
  }

  /// Reads what ``bytes`` writes, and what NumPy writes for the same element types.
  ///
  /// Throws a ``DatasetError`` that names `name` and what is wrong.
  package init(reading bytes: [UInt8], name: String) throws {
    guard bytes.count >= 10, bytes.starts(with: Self.magic.prefix(6)) else {
      throw DatasetError(name, "this is not a NumPy array")
    }
    guard bytes[6] == 1, bytes[7] == 0 else {
      throw DatasetError(name, "version \(bytes[6]).\(bytes[7]) of the NumPy format is not read, only 1.0")
    }
    let start = 10 + Int(bytes[8]) + Int(bytes[9]) << 8
    guard bytes.count >= start else { throw DatasetError(name, "the NumPy array ends inside its header") }
    let header = try NumPyHeader(parsing: Array(bytes[10..<start]), name: name)
    try self.init(header, body: Array(bytes[start...]), name: name)
  }

  private init(_ header: NumPyHeader, body: [UInt8], name: String) throws {
    guard let empty = Values.empty(typeName: header.typeName) else {
      throw DatasetError(name, "values of type \(header.typeName) are not read; u1, i4, u4 and f4 are")
    }
    guard let count = header.shape.checkedProduct, let size = [count, empty.elementSize].checkedProduct else {
      throw DatasetError(name, "the shape \(header.shape) overflows")
    }
    guard size == body.count else {
      throw DatasetError(name, "the shape \(header.shape) needs \(size) bytes of values, but \(body.count) are there")
    }
    shape = header.shape
    values = empty.filled(count: count, from: body)
  }

  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
}

extension NumPyArray.Values {
  package var count: Int {
    switch self {
    case .uint8(let values): values.count
    case .int32(let values): values.count
    case .uint32(let values): values.count
    case .float32(let values): values.count
    }
  }

  /// NumPy's name of the element type.
  var typeName: String {
    switch self {
    case .uint8: "|u1"
    case .int32: "<i4"
    case .uint32: "<u4"
    case .float32: "<f4"
    }
  }

  var elementSize: Int {
    if case .uint8 = self { return 1 }
    return 4
  }

  static func empty(typeName: String) -> Self? {
    [.uint8([]), .int32([]), .uint32([]), .float32([])].first { (values: Self) in values.typeName == typeName }
  }

  var bytes: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count * elementSize)
    switch self {
    case .uint8(let values): bytes = values
    case .int32(let values): memcpy(&bytes, values, bytes.count)
    case .uint32(let values): memcpy(&bytes, values, bytes.count)
    case .float32(let values): memcpy(&bytes, values, bytes.count)
    }
    return bytes
  }

  /// As many values of this type, copied from `bytes`, which must be exactly as long as they need.
  func filled(count: Int, from bytes: [UInt8]) -> Self {
    precondition(bytes.count == count * elementSize, "the caller has checked the size")
    switch self {
    case .uint8: return .uint8(bytes)
    case .int32:
      var values = [Int32](repeating: 0, count: count)
      memcpy(&values, bytes, bytes.count)
      return .int32(values)
    case .uint32:
      var values = [UInt32](repeating: 0, count: count)
      memcpy(&values, bytes, bytes.count)
      return .uint32(values)
    case .float32:
      var values = [Float](repeating: 0, count: count)
      memcpy(&values, bytes, bytes.count)
      return .float32(values)
    }
  }
}
