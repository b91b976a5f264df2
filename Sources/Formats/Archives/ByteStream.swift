package import Files

/// Bytes that come one after the other; never all of them in memory.
package protocol ByteStream: AnyObject {
  /// How many bytes came before the next.
  var position: Int { get }

  /// The next `count` bytes; fewer only at the end.
  func read(_ count: Int) throws -> [UInt8]

  /// Goes on behind the next `count` bytes. Returns how many there were: fewer only at the end.
  func skip(_ count: Int) throws -> Int
}

/// A file as it is; skipping costs nothing.
package final class FileStream: ByteStream {
  private let file: OpenFile
  package private(set) var position = 0

  package init(_ file: OpenFile) { self.file = file }

  package func read(_ count: Int) throws -> [UInt8] {
    let bytes = try file.bytes(at: position, count: count)
    position += bytes.count
    return bytes
  }

  package func skip(_ count: Int) -> Int {
    let skipped = max(0, min(count, file.size - position))
    position += skipped
    return skipped
  }
}

/// Bytes that are in memory already.
package final class BytesStream: ByteStream {
  private let bytes: [UInt8]
  package private(set) var position = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package func read(_ count: Int) -> [UInt8] {
    let start = position
    return Array(bytes[start..<(start + skip(count))])
  }

  package func skip(_ count: Int) -> Int {
    let skipped = max(0, min(count, bytes.count - position))
    position += skipped
    return skipped
  }
}

extension OpenFile {
  /// The content of the file from its beginning: decompressed when its first bytes are those of gzip or Zstandard.
  package func stream() throws -> any ByteStream {
    let start = try bytes(at: 0, count: 4)
    guard let packing = Packing(start) else { return FileStream(self) }
    return try PackedStream(FileStream(self), packing, name: path)
  }

  /// Whether ``stream()`` decompresses, so that a place in it can only be reached from the beginning.
  package func isPacked() throws -> Bool { Packing(try bytes(at: 0, count: 4)) != nil }
}
