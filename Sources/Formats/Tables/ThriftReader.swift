import Core

/// A value in Thrift's compact protocol, in which Parquet keeps its headers
/// (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md).
enum ThriftValue: Hashable, Sendable {
  case bool(Bool)
  case integer(Int)
  case double(Double)
  case bytes([UInt8])
  case list([ThriftValue])
  /// By the numbers of the fields.
  case structure([Int: ThriftValue])

  subscript(field: Int) -> ThriftValue? {
    guard case .structure(let fields) = self else { return nil }
    return fields[field]
  }

  var integer: Int? {
    guard case .integer(let value) = self else { return nil }
    return value
  }

  var list: [ThriftValue]? {
    guard case .list(let elements) = self else { return nil }
    return elements
  }

  var text: String? {
    guard case .bytes(let bytes) = self else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  var bool: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }
}

/// Reads values from bytes that may say anything.
struct ThriftReader {
  /// The bytes are not in the protocol, or end early.
  struct Problem: Error {}

  private static let depthLimit = 24

  private let bytes: [UInt8]
  private(set) var position: Int
  private var depth = 0

  init(_ bytes: [UInt8], at position: Int = 0) { (self.bytes, self.position) = (bytes, position) }

  mutating func structure() throws(Problem) -> ThriftValue {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw Problem() }
    var fields: [Int: ThriftValue] = [:]
    var number = 0
    while true {
      let head = try byte()
      if head == 0 { return .structure(fields) }
      let delta = Int(head >> 4)
      number = delta > 0 ? number + delta : try zigzag()
      guard (1...0x7FFF).contains(number) else { throw Problem() }
      // In a structure the type of a truth value is the value.
      switch head & 15 {
      case 1: fields[number] = .bool(true)
      case 2: fields[number] = .bool(false)
      case let type: fields[number] = try value(type)
      }
    }
  }

  private mutating func value(_ type: UInt8) throws(Problem) -> ThriftValue {
    switch type {
    case 1, 2: return .bool(try byte() == 1)
    case 3: return .integer(Int(Int8(bitPattern: try byte())))
    case 4, 5, 6: return .integer(try zigzag())
    case 7: return .double(Double(bitPattern: UInt64(littleEndianBytes: try take(8))))
    case 8: return .bytes(Array(try take(try length())))
    case 9, 10: return try list()
    case 11: return try map()
    case 12: return try structure()
    default: throw Problem()
    }
  }

  private mutating func list() throws(Problem) -> ThriftValue {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw Problem() }
    let head = try byte()
    let count = head >> 4 == 15 ? try length() : Int(head >> 4)
    // Every element takes a byte at least.
    guard count <= bytes.count - position else { throw Problem() }
    var elements: [ThriftValue] = []
    for _ in 0..<count { elements.append(try value(head & 15)) }
    return .list(elements)
  }

  /// Nothing that is needed is kept in one.
  private mutating func map() throws(Problem) -> ThriftValue {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw Problem() }
    let count = try length()
    guard count <= bytes.count - position else { throw Problem() }
    if count > 0 {
      let types = try byte()
      for _ in 0..<count {
        _ = try value(types >> 4)
        _ = try value(types & 15)
      }
    }
    return .structure([:])
  }

  private mutating func byte() throws(Problem) -> UInt8 {
    guard position < bytes.count else { throw Problem() }
    position += 1
    return bytes[position - 1]
  }

  private mutating func take(_ count: Int) throws(Problem) -> ArraySlice<UInt8> {
    guard count <= bytes.count - position else { throw Problem() }
    position += count
    return bytes[(position - count)..<position]
  }

  private mutating func varint() throws(Problem) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      let next = try byte()
      value |= UInt64(next & 0x7F) << shift
      if next & 0x80 == 0 { return value }
    }
    throw Problem()
  }

  private mutating func zigzag() throws(Problem) -> Int {
    let value = try varint()
    return Int(Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1))
  }

  private mutating func length() throws(Problem) -> Int {
    guard let value = Int(exactly: try varint()) else { throw Problem() }
    return value
  }
}
