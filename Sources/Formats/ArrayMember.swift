import Core

/// Arrays by their names in files that hold several: `.npz` and safetensors.
extension ArrayFile {
  /// The array called `member` in a file's bytes; the only one where `member` is nil.
  ///
  /// Throws a ``DatasetError`` that names `name` and what is wrong; where a name is needed or unknown, it lists them.
  package static func array(_ file: [UInt8], member: String?, name: String) throws -> NumPyArray {
    try array(file, member: member, name: name, advice: "say which one with \"member\"")
  }

  /// - Parameter advice: what to do where a name is needed.
  static func array(_ file: [UInt8], member: String?, name: String, advice: String) throws -> NumPyArray {
    let bytes = try Gzip.unpacked(file, name: name, limit: sizeLimit)
    if ZipArchive.isArchive(bytes) {
      let archive = try ZipArchive(bytes, name: name)
      let names = archive.members.map { $0.name.hasSuffix(".npy") ? String($0.name.dropLast(4)) : $0.name }
      let place = try place(of: member, among: names, name: name, advice)
      return try NumPyArray(reading: try archive.content(of: archive.members[place], limit: sizeLimit), name: name)
    }
    if SafeTensors.isSafeTensors(bytes) {
      let file = try SafeTensors(reading: bytes, name: name)
      let names = file.tensors.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      let chosen = names[try place(of: member, among: names, name: name, advice)]
      return try file.tensors[chosen]!.array(name: "\(name), \(chosen)")
    }
    if let member {
      throw DatasetError(name, "it holds one array without a name, so \"\(member)\" is not in it; leave \"member\" out")
    }
    return try array(bytes, name: name)
  }

  private static func place(of member: String?, among names: [String], name: String, _ advice: String) throws -> Int {
    let listed = names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", …" : "")
    guard let member else {
      guard names.count == 1 else {
        throw DatasetError(name, "it holds \(names.count) arrays (\(listed)) and one is needed; \(advice)")
      }
      return 0
    }
    guard let place = names.firstIndex(of: member) else {
      throw DatasetError(name, "there is no array called \"\(member)\" in it; it holds \(listed)")
    }
    return place
  }
}

extension SafeTensors {
  /// Whether `bytes` start as such a file does: a length that fits, and an object.
  static func isSafeTensors(_ bytes: [UInt8]) -> Bool {
    bytes.count > 9 && bytes[8] == UInt8(ascii: "{") && UInt64(littleEndianBytes: bytes.prefix(8)) < bytes.count
  }
}

extension SafeTensors.Tensor {
  /// The same array as NumPy has it; `bfloat16` becomes single precision, which holds all of its values. Throws a
  /// ``DatasetError`` for types of eight bits that are no whole numbers.
  fileprivate func array(name: String) throws -> NumPyArray {
    let values: NumPyArray.Values =
      switch type {
      case .bool: .bool(bytes.map { $0 != 0 })
      case .uint8: .uint8(bytes)
      case .int8: .int8(bytes.values(of: Int8.self))
      case .uint16: .uint16(bytes.values(of: UInt16.self))
      case .int16: .int16(bytes.values(of: Int16.self))
      case .float16: .float16(bytes.values(of: Float16.self))
      case .bfloat16: .float32(bytes.values(of: UInt16.self).map { Float(bitPattern: UInt32($0) << 16) })
      case .uint32: .uint32(bytes.values(of: UInt32.self))
      case .int32: .int32(bytes.values(of: Int32.self))
      case .float32: .float32(bytes.values(of: Float.self))
      case .uint64: .uint64(bytes.values(of: UInt64.self))
      case .int64: .int64(bytes.values(of: Int64.self))
      case .float64: .float64(bytes.values(of: Double.self))
      case .float8E5M2, .float8E4M3:
        throw DatasetError(name, "values of type \(type.rawValue) are not read; store them as F16")
      }
    return NumPyArray(shape: shape, values: values)
  }
}
