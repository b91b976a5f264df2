import Glibc

/// An exclusive right that the kernel takes back when the process ends, however it ends.
package final class FileLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock that the file at `path` stands for; the file is made when it is missing. nil when another process, or
  /// this one, has it. Throws a ``FileError`` when the file cannot be opened or locked.
  package init?(_ path: String) throws {
    let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard opened >= 0 else { throw FileError(path, "cannot be opened", code: errno) }
    guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(opened)
      if code == EWOULDBLOCK { return nil }
      throw FileError(path, "cannot be locked", code: code)
    }
    descriptor = opened
  }

  deinit { close(descriptor) }
}
