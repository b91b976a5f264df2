package import Core
import Foundation
import Transport

/// Objects on a worker host's disk, named by their digests, shared by all agents of the host.
///
/// An object gets its name only when it is whole and verified, by a rename. What was used longest ago goes first when
/// the cache passes its limit. Nothing here has to survive a power cut, so nothing is synchronised; and what was used last
/// before the machine started is thrown away, because such a file can have its name and lack its bytes.
package final class ObjectCache {
  /// Objects used more recently are kept even when the cache is too large.
  static let keptSeconds = 300.0

  package let directory: String
  /// Bytes.
  private let limit: Int
  private var sizes: [Digest: Int] = [:]
  private var total = 0

  /// - Parameters:
  ///   - limit: bytes that the objects may take together.
  ///   - trustedSince: what was used last before this time is thrown away; seconds since 1970.
  /// - Throws: when the directory cannot be made or written.
  package init(directory: String, limit: Int, trustedSince: Double = ThisHost.startedAt) throws {
    self.directory = directory
    self.limit = limit
    for name in ["objects", "incoming"] { try KeyFile.makeDirectory("\(directory)/\(name)") }
    guard access("\(directory)/objects", W_OK) == 0 else {
      throw TransportError("the cache \(directory) cannot be written: choose another with --cache DIR")
    }
    removeObjects(before: trustedSince)
    removeOldPieces()
    for digest in stored() { note(digest, size: Self.size(of: path(of: digest)) ?? 0) }
  }

  /// Where the object is, or would be.
  package func path(of digest: Digest) -> String { "\(directory)/objects/\(digest)" }

  /// Where the pieces of an object that is arriving are collected by this process.
  func incomingPath(of digest: Digest) -> String { "\(directory)/incoming/\(digest)" }

  /// Whether the object is here; counts as a use of it.
  package func contains(_ digest: Digest) -> Bool {
    guard utimes(path(of: digest), nil) == 0 else { return false }
    if sizes[digest] == nil { note(digest, size: Self.size(of: path(of: digest)) ?? 0) }
    return true
  }

  /// Takes in a whole object.
  @discardableResult package func add(_ bytes: [UInt8]) throws -> Digest {
    let digest = Digest(of: bytes)
    guard !contains(digest) else { return digest }
    let temporary = "\(directory)/incoming/\(digest)-\(getpid())"
    try Self.write(bytes, to: temporary)
    try adopt(temporary, as: digest, size: bytes.count)
    return digest
  }

  /// Forgets an object, for example a damaged one.
  func remove(_ digest: Digest) {
    unlink(path(of: digest))
    total -= sizes.removeValue(forKey: digest) ?? 0
  }

  /// Gives a whole and verified file its name.
  func adopt(_ file: String, as digest: Digest, size: Int) throws {
    guard rename(file, path(of: digest)) == 0 else {
      throw TransportError("cannot store an object in \(directory): \(String(cString: strerror(errno)))")
    }
    note(digest, size: size)
    evict()
  }

  /// Writes a file in one go; what was written of it is gone when that fails.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw TransportError("cannot write \(path): \(String(cString: strerror(errno)))") }
    defer { close(file) }
    var written = 0
    while written < bytes.count {
      let count = Glibc.write(file, written == 0 ? bytes : Array(bytes[written...]), bytes.count - written)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let reason = String(cString: strerror(errno))
        unlink(path)
        throw TransportError("cannot write \(path): \(reason)")
      }
      written += count
    }
  }

  /// Removes what was used last before `start`.
  private func removeObjects(before start: Double) {
    for digest in stored() {
      if let used = Self.lastUse(of: path(of: digest)), used < start { unlink(path(of: digest)) }
    }
  }

  /// Pieces that nobody went on with for a day.
  private func removeOldPieces() {
    let yesterday = Date().timeIntervalSince1970 - 86_400
    for name in (try? FileManager.default.contentsOfDirectory(atPath: "\(directory)/incoming")) ?? [] {
      let path = "\(directory)/incoming/\(name)"
      if let used = Self.lastUse(of: path), used < yesterday { unlink(path) }
    }
  }

  private func note(_ digest: Digest, size: Int) {
    total += size - (sizes.updateValue(size, forKey: digest) ?? 0)
  }

  /// Removes what was used longest ago until the rest fits.
  private func evict() {
    guard total > limit else { return }
    let newest = Date().timeIntervalSince1970 - Self.keptSeconds
    let candidates = stored().compactMap { digest -> (used: Double, digest: Digest)? in
      guard let used = Self.lastUse(of: path(of: digest)), used < newest else { return nil }
      return (used, digest)
    }
    for (_, digest) in candidates.sorted(by: { ($0.used, $0.digest) < ($1.used, $1.digest) }) where total > limit {
      remove(digest)
    }
  }

  private func stored() -> [Digest] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(directory)/objects")) ?? []).compactMap { Digest($0) }
  }

  private static func size(of path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  private static func lastUse(of path: String) -> Double? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9
  }
}
