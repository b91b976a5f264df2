import Foundation

/// Bytes in a file without a name, for readers that go through files. It is gone with its last user, whatever happens.
package final class ScratchFile: Sendable {
  private let descriptor: Int32
  /// Opens the content from its beginning, as long as this exists.
  package var path: String { "/proc/self/fd/\(descriptor)" }

  /// Writes `bytes` where `TMPDIR` says. Throws a ``FileError`` when there is no room.
  package convenience init(_ bytes: [UInt8]) throws { try self.init { put in try put(bytes) } }

  /// The file at `path`, whatever becomes of its name. Throws a ``FileError`` when it cannot be read.
  package init(holding path: String) throws {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path, "cannot be read", code: errno) }
  }

  /// What `fill` puts, piece by piece, where `TMPDIR` says. Throws a ``FileError`` when there is no room, and what `fill` throws.
  package init(_ fill: (_ put: ([UInt8]) throws -> Void) throws -> Void) throws {
    let directory = NSTemporaryDirectory()
    var template = Array("\(directory)/winnow-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw FileError(directory, "cannot hold a scratch file", code: errno) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(template)
    do {
      try fill { try Descriptor.write($0, to: descriptor, path: directory) }
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit { close(descriptor) }
}
