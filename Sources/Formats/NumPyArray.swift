import Core
import Glibc
package import Samples

/// An array in NumPy's `.npy` format, version 1.0, little-endian, C order: the form in which data sets are stored.
package struct NumPyArray: Hashable, Sendable {
  /// The values by element type.
  package enum Values: Hashable, Sendable {
    case uint8([UInt8])
    case int32([Int32])
    case uint32([UInt32])
    case int64([Int64])
    case uint64([UInt64])
    case float16([Float16])
    case float32([Float])
    case float64([Double])
    /// Pairs of 64-bit words, NumPy's `u8,u8`: how DataComp keeps names of samples.
    case identifiers([SampleIdentifier])
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
    var header = "{'descr': \(values.typeName), 'fortran_order': False, 'shape': (\(sizes)), }"
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
      let read = "u1, i4, u4, i8, u8, f2, f4, f8 and pairs of u8 are, all little-endian"
      throw DatasetError(name, "values of type \(header.typeName) are not read; \(read)")
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
    case .int64(let values): values.count
    case .uint64(let values): values.count
    case .float16(let values): values.count
    case .float32(let values): values.count
    case .float64(let values): values.count
    case .identifiers(let values): values.count
    }
  }

  /// The values as whole numbers; nil when they are of another type, or one is too large.
  package var integers: [Int]? {
    switch self {
    case .uint8(let values): values.map(Int.init)
    case .int32(let values): values.map(Int.init)
    case .uint32(let values): values.map(Int.init)
    case .int64(let values): values.map(Int.init)
    case .uint64(let values): values.allSatisfy { $0 <= Int.max } ? values.map(Int.init) : nil
    case .float16, .float32, .float64, .identifiers: nil
    }
  }

  /// The values as numbers of single precision; nil for names.
  package var floats: [Float]? {
    switch self {
    case .uint8(let values): values.map(Float.init)
    case .int32(let values): values.map(Float.init)
    case .uint32(let values): values.map(Float.init)
    case .int64(let values): values.map(Float.init)
    case .uint64(let values): values.map(Float.init)
    case .float16(let values): values.map(Float.init)
    case .float32(let values): values
    case .float64(let values): values.map(Float.init)
    case .identifiers: nil
    }
  }

  /// NumPy's name of the element type, as it stands in a header.
  var typeName: String {
    switch self {
    case .uint8: "'|u1'"
    case .int32: "'<i4'"
    case .uint32: "'<u4'"
    case .int64: "'<i8'"
    case .uint64: "'<u8'"
    case .float16: "'<f2'"
    case .float32: "'<f4'"
    case .float64: "'<f8'"
    case .identifiers: "[('f0', '<u8'), ('f1', '<u8')]"
    }
  }

  var elementSize: Int {
    switch self {
    case .uint8: 1
    case .float16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .uint64, .float64: 8
    case .identifiers: 16
    }
  }

  /// No values of the type that a header names; nil for a type that is not read.
  static func empty(typeName: String) -> Self? {
    let all: [Self] = [
      .uint8([]), .int32([]), .uint32([]), .int64([]), .uint64([]), .float16([]), .float32([]), .float64([]),
      .identifiers([]),
    ]
    return all.first { $0.typeName == typeName }
  }

  var bytes: [UInt8] {
    switch self {
    case .uint8(let values): values
    case .int32(let values): Self.bytes(values)
    case .uint32(let values): Self.bytes(values)
    case .int64(let values): Self.bytes(values)
    case .uint64(let values): Self.bytes(values)
    case .float16(let values): Self.bytes(values)
    case .float32(let values): Self.bytes(values)
    case .float64(let values): Self.bytes(values)
    case .identifiers(let values): Self.bytes(values)
    }
  }

  /// As many values of this type, copied from `bytes`, which must be exactly as long as they need.
  func filled(count: Int, from bytes: [UInt8]) -> Self {
    precondition(bytes.count == count * elementSize, "the caller has checked the size")
    return switch self {
    case .uint8: .uint8(bytes)
    case .int32: .int32(Self.values(0, count, bytes))
    case .uint32: .uint32(Self.values(0, count, bytes))
    case .int64: .int64(Self.values(0, count, bytes))
    case .uint64: .uint64(Self.values(0, count, bytes))
    case .float16: .float16(Self.values(0, count, bytes))
    case .float32: .float32(Self.values(0, count, bytes))
    case .float64: .float64(Self.values(0, count, bytes))
    case .identifiers: .identifiers(Self.values(SampleIdentifier(high: 0, low: 0), count, bytes))
    }
  }

  private static func bytes<Element: BitwiseCopyable>(_ values: [Element]) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: values.count * MemoryLayout<Element>.stride)
    memcpy(&bytes, values, bytes.count)
    return bytes
  }

  private static func values<Element: BitwiseCopyable>(_ zero: Element, _ count: Int, _ bytes: [UInt8]) -> [Element] {
    var values = [Element](repeating: zero, count: count)
    memcpy(&values, bytes, bytes.count)
    return values
  }
}
