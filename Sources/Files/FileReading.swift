import Glibc

/// Reads whole files, pipes and devices.
package enum FileReading {
  /// The whole content of `path`: a file, a named pipe, what `<(…)` of a shell names, or standard input (`/dev/stdin`).
  ///
  /// - Throws: a ``FileError`` when there is no such file, it is a directory, cannot be read, or holds more than `limit`
  ///   bytes (no more than that is kept in memory).
  package static func bytes(of path: String, limit: Int) throws -> [UInt8] {
    let isInput = path == "/dev/stdin"
    let descriptor = isInput ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path, "cannot be read", code: errno) }
    defer { if !isInput { close(descriptor) } }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError(path, "cannot be read", code: errno) }
    let kind = status.st_mode & S_IFMT
    guard kind != S_IFDIR else { throw FileError(path, "cannot be read", code: EISDIR) }
    // Files of /proc say 0 bytes and hold some; what a file says is a hint.
    let size = kind == S_IFREG ? Int(status.st_size) : 0
    guard size <= limit else { throw FileError(path, "the file has \(size) bytes; at most \(limit) are read") }
    return try Descriptor.readAll(descriptor, path: path, expected: size, limit: limit)
  }

  /// How many bytes a file says that it has; nil when there is none.
  package static func size(of path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// Whether there is something of this name, of any kind.
  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  package static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
