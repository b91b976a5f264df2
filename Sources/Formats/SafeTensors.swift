import Core
import Numerics

/// Named arrays of numbers with some texts about them, in one file: the safetensors format of Hugging Face.
///
/// The file is the length of its header (64 bits, little-endian), the header, and the values of all tensors without gaps.
/// The header is a JSON object: for each tensor its type, its shape and where its values begin and end; under `__metadata__`
/// the texts. It may end in spaces.
package struct SafeTensors: Hashable, Sendable {
  /// Texts by name.
  package let metadata: [String: String]
  /// Tensors by name.
  package let tensors: [String: Tensor]

  /// Takes tensors of any names but `__metadata__`, with which it traps.
  package init(metadata: [String: String] = [:], tensors: [String: Tensor]) {
    precondition(tensors[Self.metadataKey] == nil, "this name is taken by the format")
    self.metadata = metadata
    self.tensors = tensors
  }

  private static let metadataKey = "__metadata__"
  /// The format's own limit.
  private static let longestHeader: UInt64 = 100_000_000

  /// The file's bytes: the same for equal tensors and texts. Everything is sorted by name, and the values begin at a
  /// multiple of eight bytes.
  package var bytes: [UInt8] {
    let names = tensors.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var header: [String: JSONValue] = [:]
    if !metadata.isEmpty { header[Self.metadataKey] = .object(metadata.mapValues { .string($0) }) }
    var end = 0
    for name in names {
      let tensor = tensors[name]!
      header[name] = [
        "dtype": .string(tensor.type.rawValue), "shape": .array(tensor.shape.map { .integer(Int64($0)) }),
        "data_offsets": [.integer(Int64(end)), .integer(Int64(end + tensor.bytes.count))],
      ]
      end += tensor.bytes.count
    }
    var text = JSONValue.object(header).canonical
    text += [UInt8](repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
    var bytes = UInt64(text.count).littleEndianBytes
    bytes.reserveCapacity(8 + text.count + end)
    bytes += text
    for name in names { bytes += tensors[name]!.bytes }
    return bytes
  }

  /// Reads a whole file. Throws a ``DatasetError`` that names `name` and what is wrong: the header is cut or no such object, a
  /// type is unknown, shape and place of a tensor disagree, or values belong to no tensor or to two.
  package init(reading bytes: [UInt8], name: String) throws {
    guard bytes.count > 8 else { throw DatasetError(name, "this is not a safetensors file: it is too short") }
    let length = UInt64(littleEndianBytes: bytes.prefix(8))
    guard length <= Self.longestHeader, bytes[8] == UInt8(ascii: "{") else {
      throw DatasetError(name, "this is not a safetensors file: it does not begin with a header")
    }
    guard Int(length) <= bytes.count - 8 else { throw DatasetError(name, "the file ends inside its header") }
    let (header, body) = (Array(bytes[8..<8 + Int(length)]), bytes[(8 + Int(length))...])
    guard var members = try? JSONValue.parse(header, source: name).members else {
      throw DatasetError(name, "the header is not a JSON object")
    }
    metadata = try Self.texts(members.removeValue(forKey: Self.metadataKey), name)
    tensors = try Self.tensors(members, body, name)
  }

  private static func texts(_ value: JSONValue?, _ file: String) throws -> [String: String] {
    guard let value else { return [:] }
    guard let members = value.members else { throw DatasetError(file, "\(metadataKey) is not an object") }
    return try members.mapValues {
      guard let text = $0.text else { throw DatasetError(file, "\(metadataKey) holds something that is not text") }
      return text
    }
  }

  private static func tensors(
    _ header: [String: JSONValue], _ body: ArraySlice<UInt8>, _ file: String
  ) throws -> [String: Tensor] {
    let entries = try header.map { try Entry(name: $0.key, $0.value, file) }
    var tensors: [String: Tensor] = [:]
    var end = 0
    for entry in entries.sorted(by: { ($0.start, $0.end, $0.name) < ($1.start, $1.end, $1.name) }) {
      guard entry.start == end else {
        throw DatasetError(file, "the values before those of \(entry.name) are nobody's")
      }
      guard entry.end <= body.count else {
        throw DatasetError(file, "the file ends inside the values of \(entry.name)")
      }
      let values = body[body.startIndex + entry.start..<body.startIndex + entry.end]
      tensors[entry.name] = Tensor(type: entry.type, shape: entry.shape, bytes: Array(values))
      end = entry.end
    }
    guard end == body.count else { throw DatasetError(file, "\(body.count - end) bytes at the end are nobody's") }
    return tensors
  }
}

/// What the header says of one tensor.
private struct Entry {
  let name: String
  let type: SafeTensors.Tensor.ElementType
  let shape: [Int]
  let start: Int
  let end: Int

  init(name: String, _ value: JSONValue, _ file: String) throws {
    guard let members = value.members, members.count == 3, let typeName = members["dtype"]?.text,
      let sizes = members["shape"]?.elements?.map({ $0.int ?? -1 }), sizes.count <= 32,
      let places = members["data_offsets"]?.elements?.map({ $0.int ?? -1 }), places.count == 2,
      (sizes + places).allSatisfy({ $0 >= 0 })
    else { throw DatasetError(file, "the header does not say dtype, shape and data_offsets of \(name), and only that") }
    guard let type = SafeTensors.Tensor.ElementType(rawValue: typeName) else {
      throw DatasetError(file, "\(name) is of the type \(typeName), which is not known")
    }
    guard let size = (sizes + [type.size]).checkedProduct, places[1] >= places[0], places[1] - places[0] == size else {
      throw DatasetError(file, "\(name) has the shape \(sizes), but the place of other values")
    }
    (self.name, self.type, shape, start, end) = (name, type, sizes, places[0], places[1])
  }
}

extension SafeTensors {
  /// An array of any number of axes, kept as it is stored.
  package struct Tensor: Hashable, Sendable {
    package enum ElementType: String, CaseIterable, Sendable {
      case bool = "BOOL"
      case uint8 = "U8"
      case int8 = "I8"
      case float8E5M2 = "F8_E5M2"
      case float8E4M3 = "F8_E4M3"
      case uint16 = "U16"
      case int16 = "I16"
      case float16 = "F16"
      case bfloat16 = "BF16"
      case uint32 = "U32"
      case int32 = "I32"
      case float32 = "F32"
      case uint64 = "U64"
      case int64 = "I64"
      case float64 = "F64"

      /// Bytes of one value.
      package var size: Int {
        switch self {
        case .bool, .uint8, .int8, .float8E5M2, .float8E4M3: 1
        case .uint16, .int16, .float16, .bfloat16: 2
        case .uint32, .int32, .float32: 4
        case .uint64, .int64, .float64: 8
        }
      }
    }

    package let type: ElementType
    package let shape: [Int]
    /// The values, little-endian, the last axis fastest.
    package let bytes: [UInt8]

    /// Takes exactly the bytes that `shape` needs; traps otherwise.
    package init(type: ElementType, shape: [Int], bytes: [UInt8]) {
      precondition((shape + [type.size]).checkedProduct == bytes.count, "\(bytes.count) bytes do not fill \(shape)")
      self.type = type
      self.shape = shape
      self.bytes = bytes
    }

    /// Takes exactly the values that `shape` needs; traps otherwise.
    package init(shape: [Int], floats: [Float]) {
      self.init(type: .float32, shape: shape, bytes: [UInt8](memoryOf: floats))
    }

    /// Takes exactly the values that `shape` needs; traps otherwise.
    package init(shape: [Int], integers: [Int32]) {
      self.init(type: .int32, shape: shape, bytes: [UInt8](memoryOf: integers))
    }

    /// The values of single precision; nil for another type.
    package var floats: [Float]? { type == .float32 ? bytes.values(of: Float.self) : nil }

    /// The values of 32-bit integers; nil for another type.
    package var integers: [Int32]? { type == .int32 ? bytes.values(of: Int32.self) : nil }
  }
}
