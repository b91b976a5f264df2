import Glibc

/// Reading and writing whole contents through a file descriptor of any kind: file, pipe, terminal, device.
enum Descriptor {
  /// Pipes are read in pieces of this size.
  private static let pieceSize = 1 << 20

  /// Everything up to the end.
  ///
  /// - Parameter expected: bytes that are probably there; fewer or more are read all the same.
  /// - Throws: a ``FileError`` about `path` when reading fails, or more than `limit` bytes come.
  static func readAll(_ descriptor: Int32, path: String, expected: Int, limit: Int) throws -> [UInt8] {
    var content: [UInt8] = []
    // One more than expected, so that the end shows itself without another piece.
    var piece = [UInt8](repeating: 0, count: min(max(expected + 1, expected == 0 ? pieceSize : 1), 1 << 30))
    while true {
      let count = read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileError(path, "cannot be read", code: errno) }
      if count == 0 { return content }
      guard count <= limit - content.count else {
        throw FileError(path, "the file has more than \(limit) bytes, which no file of this kind should")
      }
      if content.isEmpty, count >= expected, expected > 0 {
        // A whole file in one go: no copy.
        piece.removeLast(piece.count - count)
        swap(&content, &piece)
        piece = [UInt8](repeating: 0, count: 1 << 12)
      } else {
        content += piece[..<count]
      }
    }
  }

  /// Writes all of `bytes`. Throws a ``FileError`` about `path`.
  static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws {
    var written = 0
    while written < bytes.count {
      let rest = written == 0 ? bytes : Array(bytes[written...])
      let count = Glibc.write(descriptor, rest, rest.count)
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&waiting, 1, -1)
        continue
      }
      guard count >= 0 else { throw FileError(path, "cannot be written", code: errno) }
      written += count
    }
  }
}
