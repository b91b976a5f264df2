import Core
import Files
package import Samples

/// An array in NumPy's `.npy` format. Written as version 1.0, little-endian, in C order, the form in which data sets are
/// stored; read in every form that NumPy writes.
package struct NumPyArray: Hashable, Sendable {
  /// The values by element type; each keeps its width.
  package enum Values: Hashable, Sendable {
    case bool([Bool])
    case int8([Int8])
    case int16([Int16])
    case int32([Int32])
    case int64([Int64])
    case uint8([UInt8])
    case uint16([UInt16])
    case uint32([UInt32])
    case uint64([UInt64])
    case float16([Float16])
    case float32([Float])
    case float64([Double])
    /// Pairs of 64-bit words, NumPy's `u8,u8`: how DataComp keeps names of samples.
    case identifiers([SampleIdentifier])
    /// NumPy's `U` and, where the bytes are UTF-8, `S`.
    case text([String])
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
    let type = values.type
    let header = Self.header(shape: shape, type: type)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(header.count + values.count * type.size)
    bytes += header
    bytes += values.bytes
    return bytes
  }

  /// What stands before the values.
  static func header(shape: [Int], type: NumPyType) -> [UInt8] {
    let sizes = shape.count == 1 ? "\(shape[0])," : shape.map(String.init).joined(separator: ", ")
    var header = "{'descr': \(type), 'fortran_order': False, 'shape': (\(sizes)), }"
    // The format pads so that the values start at a multiple of 64 bytes.
    let padding = 63 - (10 + header.utf8.count) % 64
    header += String(repeating: " ", count: padding) + "\n"
    let length = header.utf8.count
    return magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(header.utf8)
  }

  /// The shape that the header of the `.npy` file at `path` says; nil for files of another form. Throws a `FileError` when it
  /// cannot be read.
  package static func shape(inHeaderOf path: String) throws -> [Int]? {
    let file = try OpenFile(path)
    let start = try file.bytes(at: 0, count: min(12, file.size))
    guard start.count == 12, isNumPy(start) else { return nil }
    let isLong = start[6] > 1
    let length = Int(littleEndianBytes: start[8..<(isLong ? 12 : 10)])
    let header = try file.bytes(at: isLong ? 12 : 10, count: min(length, 1 << 16))
    return (try? NumPyHeader(parsing: header, name: path))?.shape
  }

  /// Reads what NumPy writes for numbers, truth values, text and pairs of `u8`: versions 1 to 3, any order of bytes and axes.
  ///
  /// Throws a ``DatasetError`` that names `name` and what is wrong.
  package init(reading bytes: [UInt8], name: String) throws {
    guard bytes.count >= 10, Self.isNumPy(bytes) else { throw DatasetError(name, "this is not a NumPy array") }
    guard (1...3).contains(bytes[6]), bytes[7] == 0 else {
      throw DatasetError(name, "version \(bytes[6]).\(bytes[7]) of the NumPy format is not read, only 1.0, 2.0 and 3.0")
    }
    // The length of the header has two bytes in the first version, four in the others.
    let prefix = bytes[6] == 1 ? 10 : 12
    let start = Int(littleEndianBytes: bytes[8..<min(prefix, bytes.count)]) + prefix
    guard bytes.count >= start else { throw DatasetError(name, "the NumPy array ends inside its header") }
    let header = try NumPyHeader(parsing: Array(bytes[prefix..<start]), name: name)
    guard let count = header.shape.checkedProduct, let size = [count, header.type.size].checkedProduct else {
      throw DatasetError(name, "the shape \(header.shape) overflows")
    }
    guard size == bytes.count - start else {
      throw DatasetError(
        name, "the shape \(header.shape) needs \(size) bytes of values, but \(bytes.count - start) are there")
    }
    var (body, first) = (bytes, start)
    if header.type.isBigEndian || header.isFortranOrder {
      (body, first) = (Array(bytes[start...]), 0)
      if header.type.isBigEndian { body.reverseEach(header.type.unit) }
      if header.isFortranOrder { body = body.inCOrder(shape: header.shape, size: header.type.size) }
    }
    guard let values = Values(header.type, count: count, bytes: body, from: first) else {
      throw DatasetError(name, "the values of type \(header.type) are no text in UTF-8")
    }
    shape = header.shape
    self.values = values
  }

  package static func isNumPy(_ bytes: [UInt8]) -> Bool { bytes.starts(with: magic) }

  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
}

extension [UInt8] {
  /// Reverses each group of `size` bytes, which the count must be a multiple of.
  mutating func reverseEach(_ size: Int) {
    guard size > 1 else { return }
    for start in stride(from: 0, to: count, by: size) {
      for place in 0..<(size / 2) { swapAt(start + place, start + size - 1 - place) }
    }
  }

  /// Elements of `size` bytes that lie with the first axis fastest, as Fortran has them, with the last axis fastest.
  func inCOrder(shape: [Int], size: Int) -> [UInt8] {
    guard shape.count > 1, !isEmpty else { return self }
    var steps: [Int] = []
    for axis in shape.indices { steps.append(axis == 0 ? size : steps[axis - 1] * shape[axis - 1]) }
    var ordered: [UInt8] = []
    ordered.reserveCapacity(count)
    var index = [Int](repeating: 0, count: shape.count)
    var source = 0
    while ordered.count < count {
      for place in source..<(source + size) { ordered.append(self[place]) }
      var axis = shape.count - 1
      while axis >= 0 {
        index[axis] += 1
        source += steps[axis]
        if index[axis] < shape[axis] { break }
        source -= steps[axis] * shape[axis]
        index[axis] = 0
        axis -= 1
      }
    }
    return ordered
  }
}
