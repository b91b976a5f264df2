import Glibc

/// Bytes in memory that can be opened like a file, for readers that go through files.
package final class MemoryFile: Sendable {
  private let descriptor: Int32
  /// Opens the content from its beginning, as long as this exists.
  package var path: String { "/proc/self/fd/\(descriptor)" }

  /// Throws a ``FileError`` when memory is short.
  package init(_ bytes: [UInt8]) throws {
    descriptor = memfd_create("winnow", UInt32(MFD_CLOEXEC))
    guard descriptor >= 0 else { throw FileError("memory", "cannot hold a file", code: errno) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress! + written, bytes.count - written) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let code = errno
        close(descriptor)
        throw FileError("memory", "cannot hold a file of \(bytes.count) bytes", code: code)
      }
      written += count
    }
  }

  deinit { close(descriptor) }
}
