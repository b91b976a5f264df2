import Core
import Foundation
import Glibc

/// The system calls of a store as values and errors of its own: each change is a step that tests can interrupt (`DurableStep`).
enum FileSystem {
  /// The error that `errno` stands for after `operation` on `path`.
  static func error(_ operation: String, _ path: String, code: Int32 = errno) -> StoreError {
    switch code {
    case EROFS, EPERM: .readOnly(path: path)
    case ENOSPC, EDQUOT: .diskFull(path: path)
    default: .system(operation: operation, path: path, reason: String(cString: strerror(code)))
    }
  }

  /// The same for an operation that changes something, where "permission denied" means read-only.
  static func writeError(_ operation: String, _ path: String) -> StoreError {
    errno == EACCES ? .readOnly(path: path) : error(operation, path)
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Size in bytes of a regular file and when it was last written, in seconds; nil when there is none.
  static func status(_ path: String) -> (size: Int, modified: Int)? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return (Int(status.st_size), Int(status.st_mtim.tv_sec))
  }

  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Creates the directory `path` with its parents.
  static func createDirectory(_ path: String) throws {
    if isDirectory(path) { return }
    let parent = parent(of: path)
    if parent != path { try createDirectory(parent) }
    guard mkdir(path, 0o755) == 0 || errno == EEXIST && isDirectory(path) else { throw writeError("create", path) }
    try synchronizeDirectory(parent)
  }

  /// `a/b` of `a/b/c`, `.` of `c`, `/` of `/c`.
  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Names in the directory, sorted.
  static func list(_ path: String) throws -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    } catch {
      throw StoreError.system(operation: "list", path: path, reason: error.localizedDescription)
    }
  }

  static func move(_ source: String, to target: String) throws {
    guard rename(source, target) == 0 else { throw writeError("rename", source) }
  }

  /// Gives the file a second name, in place of what had that name.
  static func link(_ path: String, to name: String) throws {
    try remove(name)
    guard Glibc.link(path, name) == 0 else { throw writeError("link", path) }
  }

  static func remove(_ path: String) throws {
    guard unlink(path) == 0 || errno == ENOENT else { throw writeError("delete", path) }
  }

  /// Makes the names in a directory survive a power cut.
  static func synchronizeDirectory(_ path: String) throws {
    try OpenFile(path, flags: O_RDONLY | O_DIRECTORY).synchronize()
  }

  /// Bytes that an ordinary user can still write on the disk of `path`.
  static func freeBytes(_ path: String) -> Int {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return .max }
    return Int(status.f_bavail) * Int(status.f_frsize)
  }

  /// Seconds since 1970.
  static var now: Int { time(nil) }
}

/// An open file; closed when nobody holds it any more. Never inherited by child processes.
final class OpenFile: Sendable {
  let path: String
  let descriptor: Int32

  init(_ path: String, flags: Int32, mode: mode_t = 0o644) throws {
    self.path = path
    descriptor = open(path, flags | O_CLOEXEC, mode)
    guard descriptor >= 0 else {
      throw flags & (O_WRONLY | O_RDWR) == 0 ? FileSystem.error("open", path) : FileSystem.writeError("open", path)
    }
  }

  deinit { close(descriptor) }

  static func reading(_ path: String) throws -> OpenFile { try OpenFile(path, flags: O_RDONLY) }

  /// At most `count` bytes from `offset`; fewer only at the end of the file.
  func read(count: Int, at offset: Int) throws -> [UInt8] {
    var result: [UInt8] = []
    while result.count < count {
      var piece = [UInt8](repeating: 0, count: count - result.count)
      let length = pread(descriptor, &piece, piece.count, off_t(offset + result.count))
      if length < 0, errno == EINTR { continue }
      guard length >= 0 else { throw FileSystem.error("read", path) }
      if length == 0 { break }
      if length < piece.count { piece.removeLast(piece.count - length) }
      if result.isEmpty { result = piece } else { result += piece }
    }
    return result
  }

  /// Writes all of `bytes` at `offset`.
  func write(_ bytes: [UInt8], at offset: Int) throws {
    var written = 0
    while written < bytes.count {
      let rest = written == 0 ? bytes : Array(bytes[written...])
      let length = pwrite(descriptor, rest, rest.count, off_t(offset + written))
      if length < 0, errno == EINTR { continue }
      guard length > 0 else { throw FileSystem.writeError("write", path) }
      written += length
    }
  }

  func truncate(to size: Int) throws {
    guard ftruncate(descriptor, off_t(size)) == 0 else { throw FileSystem.writeError("truncate", path) }
  }

  func protect() throws {
    guard fchmod(descriptor, 0o444) == 0 else { throw FileSystem.writeError("protect", path) }
  }

  /// Makes the content survive a power cut.
  func synchronize() throws {
    guard fsync(descriptor) == 0 else { throw FileSystem.writeError("synchronise", path) }
  }

  /// Feeds the content to `consume` in pieces of a mebibyte.
  func forEachPiece(_ consume: ([UInt8]) throws -> Void) throws {
    var offset = 0
    while true {
      let piece = try read(count: 1 << 20, at: offset)
      if piece.isEmpty { return }
      try consume(piece)
      offset += piece.count
    }
  }

  /// The digest of the content and its size.
  func digest() throws -> (digest: Digest, size: Int) {
    let builder = DigestBuilder()
    var size = 0
    try forEachPiece {
      builder.update($0)
      size += $0.count
    }
    return (builder.finalize(), size)
  }
}
