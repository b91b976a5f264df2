import Glibc

/// A file that is read at any place, by any number of threads.
package final class OpenFile: Sendable {
  package let path: String
  /// Bytes, when it was opened.
  package let size: Int
  private let descriptor: Int32

  /// Throws a ``FileError`` when there is no such file, it cannot be read, or it is no file (a pipe has no places).
  package init(_ path: String) throws {
    let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard opened >= 0 else { throw FileError(path, "cannot be read", code: errno) }
    var status = stat()
    guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(opened)
      throw FileError(path, "this is no file that can be read at any place")
    }
    self.path = path
    descriptor = opened
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// `count` bytes from `offset`; fewer, or none, behind the end. Throws a ``FileError`` when reading fails.
  package func bytes(at offset: Int, count: Int) throws -> [UInt8] {
    guard offset >= 0, offset < size, count > 0 else { return [] }
    let wanted = min(count, size - offset)
    var bytes: [UInt8] = []
    while bytes.count < wanted {
      var piece = [UInt8](repeating: 0, count: wanted - bytes.count)
      let read = pread(descriptor, &piece, piece.count, offset + bytes.count)
      if read < 0, errno == EINTR { continue }
      guard read >= 0 else { throw FileError(path, "cannot be read", code: errno) }
      if read == 0 { break }
      piece.removeLast(piece.count - read)
      // Most often all comes at once: no copy.
      if bytes.isEmpty { bytes = piece } else { bytes += piece }
    }
    return bytes
  }
}
