import Core
import Numerics

/// A value of a column.
package enum ParquetValue: Hashable, Sendable {
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case bytes([UInt8])
}

/// The values of a page or a dictionary, without those that are missing.
enum ParquetValues {
  case bools([Bool])
  case integers([Int])
  case numbers([Double])
  /// Where each value begins in the bytes, and, at the end, where the last ends; `prefix` bytes before each are its length.
  case bytes([UInt8], starts: [Int], prefix: Int)

  var count: Int {
    switch self {
    case .bools(let values): values.count
    case .integers(let values): values.count
    case .numbers(let values): values.count
    case .bytes(_, let starts, _): starts.count - 1
    }
  }

  subscript(index: Int) -> ParquetValue {
    switch self {
    case .bools(let values): .bool(values[index])
    case .integers(let values): .integer(values[index])
    case .numbers(let values): .number(values[index])
    case .bytes(let bytes, let starts, let prefix): .bytes(Array(bytes[starts[index]..<(starts[index + 1] - prefix)]))
    }
  }

  /// Reads `count` values in the encoding PLAIN; nil when the bytes are too few.
  init?(plain bytes: [UInt8], from start: Int, count: Int, _ column: ParquetFile.Column) {
    let room = bytes.count - start
    guard count >= 0, room >= 0 else { return nil }
    func words<Word: FixedWidthInteger & BitwiseCopyable>(_ type: Word.Type) -> [Word]? {
      let size = MemoryLayout<Word>.size
      guard count <= room / size else { return nil }
      return Array(bytes[start..<(start + count * size)]).values(of: Word.self)
    }
    switch column.type {
    case .boolean:
      guard count <= room.multipliedReportingOverflow(by: 8).partialValue else { return nil }
      self = .bools((0..<count).map { bytes[start + $0 / 8] >> UInt8($0 % 8) & 1 == 1 })
    case .int32:
      guard let values = words(Int32.self) else { return nil }
      self = .integers(values.map(Int.init))
    case .int64:
      guard let values = words(Int64.self) else { return nil }
      self = .integers(values.map(Int.init))
    case .float:
      guard let values = words(UInt32.self) else { return nil }
      self = .numbers(values.map { Double(Float(bitPattern: $0)) })
    case .double:
      guard let values = words(UInt64.self) else { return nil }
      self = .numbers(values.map { Double(bitPattern: $0) })
    case .int96, .fixedBytes:
      let width = column.type == .int96 ? 12 : column.width
      guard count <= room / width else { return nil }
      self = .bytes(bytes, starts: (0...count).map { start + $0 * width }, prefix: 0)
    case .bytes:
      guard count <= room / 4 else { return nil }
      var starts: [Int] = []
      starts.reserveCapacity(count + 1)
      var place = start
      for _ in 0..<count {
        guard bytes.count - place >= 4 else { return nil }
        let length = Int(bytes[place]) | Int(bytes[place + 1]) << 8 | Int(bytes[place + 2]) << 16
        let whole = length | Int(bytes[place + 3]) << 24
        guard whole <= bytes.count - place - 4 else { return nil }
        starts.append(place + 4)
        place += 4 + whole
      }
      starts.append(place + 4)
      self = .bytes(bytes, starts: starts, prefix: 4)
    }
  }

  /// Truth values that were read as runs.
  init(bools: [Int]) { self = .bools(bools.map { $0 == 1 }) }
}

/// Runs of equal numbers and packs of eight, mixed: Parquet's encoding RLE.
enum ParquetRuns {
  /// Reads `count` numbers of `width` bits from `bytes[place...]`, up to `end`; nil when they are damaged.
  static func read(_ bytes: [UInt8], _ range: Range<Int>, width: Int, count: Int) -> [Int]? {
    guard (0...32).contains(width), count >= 0 else { return nil }
    if width == 0 { return [Int](repeating: 0, count: count) }
    var values: [Int] = []
    values.reserveCapacity(min(count, 1 << 20))
    var place = range.lowerBound
    let size = (width + 7) / 8
    while values.count < count {
      var (head, shift) = (0, 0)
      while true {
        guard place < range.upperBound, shift < 35 else { return nil }
        head |= Int(bytes[place] & 0x7F) << shift
        shift += 7
        place += 1
        if bytes[place - 1] & 0x80 == 0 { break }
      }
      let wanted = count - values.count
      if head & 1 == 0 {
        guard size <= range.upperBound - place, head > 1 else { return nil }
        let value = bytes[place..<(place + size)].reversed().reduce(0) { $0 << 8 | Int($1) }
        values += repeatElement(value, count: min(head >> 1, wanted))
        place += size
      } else {
        let packs = head >> 1
        // The last pack may be cut where its values end.
        let needed = min(packs * 8, wanted)
        guard packs > 0, (needed * width + 7) / 8 <= range.upperBound - place else { return nil }
        var (buffer, bits) = (UInt64(0), 0)
        var next = place
        for _ in 0..<needed {
          while bits < width {
            buffer |= UInt64(bytes[next]) << UInt64(bits)
            bits += 8
            next += 1
          }
          values.append(Int(buffer & (1 << UInt64(width) - 1)))
          buffer >>= UInt64(width)
          bits -= width
        }
        place = min(range.upperBound, place + packs * width)
      }
    }
    return values
  }
}
