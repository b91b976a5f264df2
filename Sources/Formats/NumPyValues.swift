import Numerics
import Samples

extension NumPyArray.Values {
  package var count: Int {
    switch self {
    case .bool(let values): values.count
    case .int8(let values): values.count
    case .int16(let values): values.count
    case .int32(let values): values.count
    case .int64(let values): values.count
    case .uint8(let values): values.count
    case .uint16(let values): values.count
    case .uint32(let values): values.count
    case .uint64(let values): values.count
    case .float16(let values): values.count
    case .float32(let values): values.count
    case .float64(let values): values.count
    case .identifiers(let values): values.count
    case .text(let values): values.count
    }
  }

  /// The values as whole numbers; nil when they are of another type, or one is too large. A truth value is 0 or 1.
  package var integers: [Int]? {
    switch self {
    case .bool(let values): values.map { $0 ? 1 : 0 }
    case .int8(let values): values.map(Int.init)
    case .int16(let values): values.map(Int.init)
    case .int32(let values): values.map(Int.init)
    case .int64(let values): values.map(Int.init)
    case .uint8(let values): values.map(Int.init)
    case .uint16(let values): values.map(Int.init)
    case .uint32(let values): values.map(Int.init)
    case .uint64(let values): values.allSatisfy { $0 <= Int.max } ? values.map(Int.init) : nil
    case .float16, .float32, .float64, .identifiers, .text: nil
    }
  }

  /// The values as numbers of single precision, the nearest where they need more; nil for names and text.
  package var floats: [Float]? {
    switch self {
    case .bool(let values): values.map { $0 ? 1 : 0 }
    case .int8(let values): values.map(Float.init)
    case .int16(let values): values.map(Float.init)
    case .int32(let values): values.map(Float.init)
    case .int64(let values): values.map(Float.init)
    case .uint8(let values): values.map(Float.init)
    case .uint16(let values): values.map(Float.init)
    case .uint32(let values): values.map(Float.init)
    case .uint64(let values): values.map(Float.init)
    case .float16(let values): values.map(Float.init)
    case .float32(let values): values
    case .float64(let values): values.map(Float.init)
    case .identifiers, .text: nil
    }
  }

  /// The values as numbers of double precision, exact but for whole numbers above 2⁵³; nil for names and text.
  package var doubles: [Double]? {
    switch self {
    case .float64(let values): values
    case .int64(let values): values.map(Double.init)
    case .uint64(let values): values.map(Double.init)
    case .int32(let values): values.map(Double.init)
    case .uint32(let values): values.map(Double.init)
    case .identifiers, .text: nil
    // Single precision holds all narrower types.
    case .bool, .int8, .int16, .uint8, .uint16, .float16, .float32: floats?.map(Double.init)
    }
  }

  /// The type under which ``bytes`` are written.
  var type: NumPyType {
    switch self {
    case .bool: NumPyType(.bool, size: 1)
    case .int8: NumPyType(.signed, size: 1)
    case .int16: NumPyType(.signed, size: 2)
    case .int32: NumPyType(.signed, size: 4)
    case .int64: NumPyType(.signed, size: 8)
    case .uint8: NumPyType(.unsigned, size: 1)
    case .uint16: NumPyType(.unsigned, size: 2)
    case .uint32: NumPyType(.unsigned, size: 4)
    case .uint64: NumPyType(.unsigned, size: 8)
    case .float16: NumPyType(.floating, size: 2)
    case .float32: NumPyType(.floating, size: 4)
    case .float64: NumPyType(.floating, size: 8)
    case .identifiers: NumPyType(.identifiers, size: 16)
    case .text(let values): NumPyType(.text, size: 4 * max(1, values.map(\.unicodeScalars.count).max() ?? 0))
    }
  }

  var bytes: [UInt8] {
    switch self {
    case .bool(let values): values.map { $0 ? 1 : 0 }
    case .int8(let values): [UInt8](memoryOf: values)
    case .int16(let values): [UInt8](memoryOf: values)
    case .int32(let values): [UInt8](memoryOf: values)
    case .int64(let values): [UInt8](memoryOf: values)
    case .uint8(let values): values
    case .uint16(let values): [UInt8](memoryOf: values)
    case .uint32(let values): [UInt8](memoryOf: values)
    case .uint64(let values): [UInt8](memoryOf: values)
    case .float16(let values): [UInt8](memoryOf: values)
    case .float32(let values): [UInt8](memoryOf: values)
    case .float64(let values): [UInt8](memoryOf: values)
    case .identifiers(let values): [UInt8](memoryOf: values)
    case .text(let values):
      values.flatMap { text in
        let letters = text.unicodeScalars.map(\.value)
        return [UInt8](memoryOf: letters + [UInt32](repeating: 0, count: type.size / 4 - letters.count))
      }
    }
  }

  /// Copies `count` values of `type`, little-endian, from `bytes` behind the first `start`, of which there must be exactly as many
  /// as they need; nil for text that cannot be understood.
  init?(_ type: NumPyType, count: Int, bytes: [UInt8], from start: Int = 0) {
    precondition(bytes.count - start == count * type.size, "the caller has checked the size")
    switch (type.kind, type.size) {
    case (.bool, _): self = .bool(bytes[start...].map { $0 != 0 })
    case (.signed, 1): self = .int8(bytes.values(of: Int8.self, from: start))
    case (.signed, 2): self = .int16(bytes.values(of: Int16.self, from: start))
    case (.signed, 4): self = .int32(bytes.values(of: Int32.self, from: start))
    case (.signed, _): self = .int64(bytes.values(of: Int64.self, from: start))
    case (.unsigned, 1): self = .uint8(bytes.values(of: UInt8.self, from: start))
    case (.unsigned, 2): self = .uint16(bytes.values(of: UInt16.self, from: start))
    case (.unsigned, 4): self = .uint32(bytes.values(of: UInt32.self, from: start))
    case (.unsigned, _): self = .uint64(bytes.values(of: UInt64.self, from: start))
    case (.floating, 2): self = .float16(bytes.values(of: Float16.self, from: start))
    case (.floating, 4): self = .float32(bytes.values(of: Float.self, from: start))
    case (.floating, _): self = .float64(bytes.values(of: Double.self, from: start))
    case (.identifiers, _): self = .identifiers(bytes.values(of: SampleIdentifier.self, from: start))
    case (.text, let size), (.bytes, let size):
      var texts: [String] = []
      for first in stride(from: start, to: bytes.count, by: size) {
        let element = Array(bytes[first..<(first + size)])
        guard
          let text = type.kind == .text ? Self.text(element) : String(validating: Self.unpadded(element), as: UTF8.self)
        else { return nil }
        texts.append(text)
      }
      self = .text(texts)
    }
  }

  /// Text of 32-bit letters.
  private static func text(_ bytes: [UInt8]) -> String? {
    let codes = unpadded(bytes.values(of: UInt32.self))
    let letters = codes.compactMap { Unicode.Scalar($0) }
    return letters.count == codes.count ? String(String.UnicodeScalarView(letters)) : nil
  }

  /// NumPy fills short text with zeros.
  private static func unpadded<Letter: FixedWidthInteger>(_ letters: [Letter]) -> [Letter] {
    Array(letters[..<((letters.lastIndex { $0 != 0 } ?? -1) + 1)])
  }
}
