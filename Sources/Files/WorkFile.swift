import Glibc
import Synchronization

/// A file that is being made for somebody who gives it another name when it is whole. Otherwise it is gone with its last user.
package final class WorkFile: Sendable {
  package let path: String
  private let descriptor: Int32

  private static let made = Atomic<Int>(0)

  /// Makes an empty file in `directory`. Throws a ``FileError``.
  package init(in directory: String) throws {
    let number = Self.made.add(1, ordering: .relaxed).newValue
    path = "\(directory)/work-\(getpid())-\(number)"
    descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileError(path, "cannot be written", code: errno) }
  }

  deinit {
    close(descriptor)
    unlink(path)
  }

  /// Writes at the end. Throws a ``FileError``.
  package func append(_ bytes: [UInt8]) throws { try Descriptor.write(bytes, to: descriptor, path: path) }

  /// Writes over the beginning; what is appended later still goes to the end. Throws a ``FileError``.
  package func replaceStart(with bytes: [UInt8]) throws {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw FileError(path, "cannot be written", code: errno) }
    try append(bytes)
    guard lseek(descriptor, 0, SEEK_END) >= 0 else { throw FileError(path, "cannot be written", code: errno) }
  }
}
