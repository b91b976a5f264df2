package import Coordination
import Core
import Files
import Foundation
import Transport

/// This host's disk.
package struct HostDisk: AgentDisk {
  package init() {}

  package var today: Double { Date().timeIntervalSince1970 }

  package func makeDirectory(_ path: String) throws { try KeyFile.makeDirectory(path) }

  package func names(in directory: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
  }

  package func status(of path: String) -> FileStatus? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return FileStatus(
      size: Int(status.st_size), used: Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9)
  }

  package func use(_ path: String) -> Bool { utimes(path, nil) == 0 }

  package func read(_ path: String, from offset: Int, count: Int) throws -> [UInt8] {
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw DiskError(path, "cannot be read", errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw DiskError(path, "cannot be read", errno) }
    var bytes = [UInt8](repeating: 0, count: max(0, min(count, Int(status.st_size) - offset)))
    guard !bytes.isEmpty else { return [] }
    guard lseek(file, offset, SEEK_SET) == offset else { throw DiskError(path, "cannot be read", errno) }
    var filled = 0
    var piece = bytes
    while filled < bytes.count {
      let read = Glibc.read(file, &piece, bytes.count - filled)
      if read < 0, errno == EINTR { continue }
      guard read >= 0 else { throw DiskError(path, "cannot be read", errno) }
      if read == bytes.count { return piece }
      guard read > 0 else { return Array(bytes[..<filled]) }
      bytes.replaceSubrange(filled..<filled + read, with: piece[..<read])
      filled += read
    }
    return bytes
  }

  package func write(_ bytes: [UInt8], to path: String) throws {
    let file = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw DiskError(path, "cannot be written", errno) }
    defer { close(file) }
    do { try Self.write(bytes, to: file, path) } catch {
      unlink(path)
      throw error
    }
  }

  package func rename(_ path: String, to other: String) throws {
    guard Glibc.rename(path, other) == 0 else { throw DiskError(path, "cannot be renamed", errno) }
  }

  package func link(_ path: String, to other: String) throws {
    guard Glibc.link(path, other) == 0 || errno == EEXIST else { throw DiskError(path, "cannot be linked", errno) }
  }

  package func remove(_ path: String) { unlink(path) }

  /// Two agents of one host may want one object: the second must neither mix its pieces in nor touch the file that the
  /// first has just moved into the cache.
  package func open(_ path: String) throws -> HostFile? {
    let file = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw DiskError(path, "cannot be written", errno) }
    var opened = stat()
    var named = stat()
    guard flock(file, LOCK_EX | LOCK_NB) == 0, fstat(file, &opened) == 0, stat(path, &named) == 0,
      opened.st_ino == named.st_ino
    else {
      close(file)
      return nil
    }
    return HostFile(descriptor: file, path: path)
  }

  static func write(_ bytes: [UInt8], to file: Int32, _ path: String) throws {
    var written = 0
    while written < bytes.count {
      let count = Glibc.write(file, written == 0 ? bytes : Array(bytes[written...]), bytes.count - written)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw DiskError(path, "cannot be written", errno) }
      written += count
    }
  }
}

/// A file that is being received.
package final class HostFile: AgentFile {
  private let descriptor: Int32
  private let path: String

  init(descriptor: Int32, path: String) { (self.descriptor, self.path) = (descriptor, path) }
  deinit { close(descriptor) }

  package func next(atMost count: Int) -> [UInt8] {
    var piece = [UInt8](repeating: 0, count: count)
    let read = read(descriptor, &piece, count)
    return read > 0 ? Array(piece[..<read]) : []
  }

  package func append(_ bytes: [UInt8]) throws { try HostDisk.write(bytes, to: descriptor, path) }

  package func clear() {
    ftruncate(descriptor, 0)
    lseek(descriptor, 0, SEEK_SET)
  }
}

extension DiskError {
  /// `attempt` (`cannot be read`) failed with the error number `code`.
  fileprivate init(_ path: String, _ attempt: String, _ code: Int32) {
    self.init(FileError(path, attempt, code: code).description, isAbsence: code == ENOENT)
  }
}

extension ObjectCache where Disk == HostDisk {
  /// The cache of this host in `directory`.
  ///
  /// - Throws: when it cannot be made or written.
  package convenience init(directory: String, limit: Int, trustedSince: Double = ThisHost.startedAt) throws {
    try self.init(
      on: HostDisk(), directory: directory, limit: limit, trustedSince: trustedSince, process: Int(getpid()))
    guard access("\(directory)/objects", W_OK) == 0 else {
      throw TransportError("the cache \(directory) cannot be written: choose another with --cache DIR")
    }
  }
}
