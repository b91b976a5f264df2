import CZlib
import Core

/// Reads gzip files (RFC 1952).
package enum Gzip {
  /// Whether `bytes` start as a gzip file does.
  package static func isCompressed(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// `file` decompressed where it is a gzip file, else as it is; see ``decompress(_:name:limit:)``.
  package static func unpacked(_ file: [UInt8], name: String, limit: Int) throws -> [UInt8] {
    isCompressed(file) ? try decompress(file, name: name, limit: limit) : file
  }

  /// The decompressed content of every member of `bytes`.
  ///
  /// Throws a ``DatasetError`` about `name` when the content is damaged, cut short, or larger than `limit` bytes.
  package static func decompress(_ bytes: [UInt8], name: String, limit: Int) throws -> [UInt8] {
    var capacity = min(limit, expectedSize(of: bytes))
    while true {
      var output = [UInt8](repeating: 0, count: max(capacity, 1))
      var written = 0
      let status = winnow_inflate(Int32(WINNOW_INFLATE_GZIP), bytes, bytes.count, &output, capacity, &written)
      if Int(status) == WINNOW_INFLATE_FULL, capacity < limit {
        capacity = min(limit, max(4_096, capacity * 2))
        continue
      }
      try check(Int(status), name: name, limit: limit)
      output.removeLast(output.count - written)
      return output
    }
  }

  /// What the last four bytes promise, as far as deflate's greatest ratio (1032) makes it possible.
  private static func expectedSize(of bytes: [UInt8]) -> Int {
    let promised = Int(littleEndianBytes: bytes.suffix(4))
    return min(promised, bytes.count.multipliedReportingOverflow(by: 1_032).partialValue)
  }

  private static func check(_ status: Int, name: String, limit: Int) throws {
    switch status {
    case WINNOW_INFLATE_DONE: return
    case WINNOW_INFLATE_TRUNCATED:
      throw DatasetError(name, "the gzip data is cut short; get the file again")
    case WINNOW_INFLATE_FULL:
      throw DatasetError(name, "the gzip data holds more than \(limit) bytes, which no file of this kind should")
    case WINNOW_INFLATE_NO_MEMORY:
      throw DatasetError(name, "there was not enough memory to decompress it")
    default:
      throw DatasetError(name, "this is not gzip data, or it is damaged; get the file again")
    }
  }
}
