import Foundation

/// Bytes in a file without a name, for readers that go through files. It is gone with its last user, whatever happens.
package final class ScratchFile: Sendable {
  private let descriptor: Int32
  /// Opens the content from its beginning, as long as this exists.
  package var path: String { "/proc/self/fd/\(descriptor)" }

  /// Writes `bytes` where `TMPDIR` says. Throws a ``FileError`` when there is no room.
  package init(_ bytes: [UInt8]) throws {
    let directory = NSTemporaryDirectory()
    var template = Array("\(directory)/winnow-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw FileError(directory, "cannot hold a scratch file", code: errno) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(template)
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress! + written, bytes.count - written) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let code = errno
        close(descriptor)
        throw FileError(directory, "cannot hold a scratch file of \(bytes.count) bytes", code: code)
      }
      written += count
    }
  }

  deinit { close(descriptor) }
}
