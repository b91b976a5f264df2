import Glibc

/// Writes files so that what returned without an error survives a power cut.
package enum FileWriting {
  /// Writes a new file whose mode is right from its first moment, and synchronises it.
  ///
  /// - Throws: a ``FileError``; with the code `EEXIST` when the file exists, which is then left as it is.
  package static func create(_ path: String, _ bytes: [UInt8], mode: UInt32) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw FileError(path, "cannot be written", code: errno) }
    defer { close(descriptor) }
    do {
      try Descriptor.write(bytes, to: descriptor, path: path)
      guard fsync(descriptor) == 0 else { throw FileError(path, "cannot be written", code: errno) }
    } catch {
      // Half a file is worse than none.
      unlink(path)
      throw error
    }
  }

  /// Puts `bytes` in the place of what `path` holds: readers see the old content or the new, whatever happens.
  ///
  /// A link is followed. An existing file keeps its mode; a new one gets `mode`.
  package static func replace(_ path: String, _ bytes: [UInt8], mode: UInt32) throws {
    let target = resolved(path)
    var status = stat()
    let mode = stat(target, &status) == 0 ? status.st_mode & 0o7777 : mode
    let temporary = "\(target).new-\(getpid())"
    unlink(temporary)
    try create(temporary, bytes, mode: mode)
    guard rename(temporary, target) == 0 else {
      let code = errno
      unlink(temporary)
      throw FileError(path, "cannot be replaced", code: code)
    }
    try synchronizeDirectory(parent(of: target))
  }

  /// Hands `bytes` to a device or pipe, which is never replaced.
  package static func pour(_ bytes: [UInt8], into path: String) throws {
    let isOutput = path == "/dev/stdout"
    let descriptor = isOutput ? STDOUT_FILENO : open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path, "cannot be written", code: errno) }
    defer { if !isOutput { close(descriptor) } }
    try Descriptor.write(bytes, to: descriptor, path: path)
  }

  /// ``replace(_:_:mode:)`` for files, ``pour(_:into:)`` for anything else that exists.
  package static func write(_ path: String, _ bytes: [UInt8], mode: UInt32 = 0o644) throws {
    var status = stat()
    guard stat(path, &status) == 0 else { return try replace(path, bytes, mode: mode) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: try replace(path, bytes, mode: mode)
    case S_IFDIR: throw FileError(path, "cannot be written", code: EISDIR)
    default: try pour(bytes, into: path)
    }
  }

  /// Makes the names in a directory survive a power cut.
  package static func synchronizeDirectory(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path, "cannot be synchronised", code: errno) }
    defer { close(descriptor) }
    // Some file systems have nothing to synchronise in a directory and say so.
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw FileError(path, "cannot be synchronised", code: errno)
    }
  }

  /// `a/b` of `a/b/c`, `.` of `c`, `/` of `/c`.
  package static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Where links lead; the path itself when nothing is there yet.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }
}
