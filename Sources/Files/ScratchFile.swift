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
    do {
      try Descriptor.write(bytes, to: descriptor, path: directory)
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit { close(descriptor) }
}
