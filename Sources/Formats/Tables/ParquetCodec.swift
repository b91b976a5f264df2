import CZlib
import CZstd
import Core

/// How pages are packed.
enum ParquetCodec {
  enum Problem: Error {
    case damaged
    /// Its name.
    case unknown(String)
  }

  private static let names = ["none", "Snappy", "gzip", "LZO", "Brotli", "LZ4", "Zstandard", "LZ4"]

  /// Exactly `size` bytes.
  static func unpack(_ bytes: [UInt8], codec: Int, size: Int) throws(Problem) -> [UInt8] {
    switch codec {
    case 0:
      guard bytes.count == size else { throw .damaged }
      return bytes
    case 1: return try Snappy.unpack(bytes, size: size)
    case 2:
      // Deflate never gets below a thousandth.
      guard size / 1_032 <= bytes.count else { throw .damaged }
      var output = [UInt8](repeating: 0, count: max(size, 1))
      var written = 0
      let status = winnow_inflate(Int32(WINNOW_INFLATE_GZIP), bytes, bytes.count, &output, size, &written)
      guard Int(status) == WINNOW_INFLATE_DONE, written == size else { throw .damaged }
      output.removeLast(output.count - written)
      return output
    case 6:
      // A block gives at most 128 KiB for its header of three bytes.
      guard size >> 16 <= bytes.count else { throw .damaged }
      var output = [UInt8](repeating: 0, count: max(size, 1))
      guard winnow_zstd_decompress(bytes, bytes.count, &output, size) == size else { throw .damaged }
      output.removeLast(output.count - size)
      return output
    default: throw .unknown(names.indices.contains(codec) ? names[codec] : "a codec of number \(codec)")
    }
  }
}

/// Reads Snappy's raw format (https://github.com/google/snappy/blob/main/format_description.txt).
enum Snappy {
  /// Exactly `size` bytes.
  static func unpack(_ bytes: [UInt8], size: Int) throws(ParquetCodec.Problem) -> [UInt8] {
    var (place, promised, shift) = (0, 0, 0)
    while true {
      guard place < bytes.count, shift < 35 else { throw .damaged }
      promised |= Int(bytes[place] & 0x7F) << shift
      shift += 7
      place += 1
      if bytes[place - 1] & 0x80 == 0 { break }
    }
    // A copy gives at most 64 bytes for three.
    guard promised == size, size / 64 <= bytes.count else { throw .damaged }
    var output: [UInt8] = []
    output.reserveCapacity(size)
    while place < bytes.count {
      let tag = bytes[place]
      place += 1
      let kind = Int(tag & 3)
      var length = Int(tag >> 2) + 1
      // How many bytes of length or distance follow.
      let extra = kind == 0 ? max(0, length - 60) : kind == 3 ? 4 : kind
      guard extra <= bytes.count - place else { throw .damaged }
      let number = bytes[place..<(place + extra)].reversed().reduce(0) { $0 << 8 | Int($1) }
      place += extra
      if kind == 0 {
        if extra > 0 { length = number + 1 }
        guard length <= bytes.count - place, length <= size - output.count else { throw .damaged }
        output += bytes[place..<(place + length)]
        place += length
        continue
      }
      let distance = kind == 1 ? Int(tag >> 5) << 8 | number : number
      if kind == 1 { length = Int(tag >> 2 & 7) + 4 }
      guard distance > 0, distance <= output.count, length <= size - output.count else { throw .damaged }
      let start = output.count - distance
      if distance >= length {
        output += output[start..<(start + length)]
      } else {
        // What is copied may be what is being written.
        for index in start..<(start + length) { output.append(output[index]) }
      }
    }
    guard output.count == size else { throw .damaged }
    return output
  }
}
