package import Core

/// Objects on a worker host's disk, named by their digests, shared by all agents of the host.
///
/// An object gets its name only when it is whole and verified, by a rename. What was used longest ago goes first when
/// the cache passes its limit. Nothing here has to survive a power cut, so nothing is synchronised; and what was used last
/// before the machine started is thrown away, because such a file can have its name and lack its bytes.
package final class ObjectCache<Disk: AgentDisk> {
  let disk: Disk
  package let directory: String
  /// Bytes.
  private let limit: Int
  /// Told apart from other processes that write the same object.
  private let process: Int
  private var sizes: [Digest: Int] = [:]
  private var total = 0

  /// Objects used more recently are kept even when the cache is too large.
  private static var keptSeconds: Double { 300 }

  /// - Parameters:
  ///   - limit: bytes that the objects may take together.
  ///   - trustedSince: what was used last before this time is thrown away; seconds since 1970.
  ///   - process: a number that no other living process of the host has.
  /// - Throws: when the directory cannot be made.
  package init(on disk: Disk, directory: String, limit: Int, trustedSince: Double, process: Int) throws {
    (self.disk, self.directory, self.limit, self.process) = (disk, directory, limit, process)
    for name in ["objects", "incoming"] { try disk.makeDirectory("\(directory)/\(name)") }
    for digest in stored() {
      let path = path(of: digest)
      guard let status = disk.status(of: path) else { continue }
      if status.used < trustedSince { disk.remove(path) } else { note(digest, size: status.size) }
    }
    removeOldPieces()
  }

  /// Where the object is, or would be.
  package func path(of digest: Digest) -> String { "\(directory)/objects/\(digest)" }

  /// Where the pieces of an object that is arriving are collected.
  func incomingPath(of digest: Digest) -> String { "\(directory)/incoming/\(digest)" }

  /// Whether the object is here; counts as a use of it.
  package func contains(_ digest: Digest) -> Bool {
    guard disk.use(path(of: digest)) else { return false }
    if sizes[digest] == nil { note(digest, size: disk.status(of: path(of: digest))?.size ?? 0) }
    return true
  }

  /// Takes in a whole object.
  @discardableResult package func add(_ bytes: [UInt8]) throws -> Digest {
    let digest = Digest(of: bytes)
    guard !contains(digest) else { return digest }
    let temporary = "\(directory)/incoming/\(digest)-\(process)"
    try disk.write(bytes, to: temporary)
    try adopt(temporary, as: digest, size: bytes.count)
    return digest
  }

  /// Takes in a whole object that lies in a file beside those that arrive; the file has that name no longer.
  ///
  /// - Parameter file: a path in ``workDirectory``.
  package func add(file: String, as digest: Digest, size: Int) throws {
    guard !contains(digest) else { return disk.remove(file) }
    try adopt(file, as: digest, size: size)
  }

  /// Where files are made that become objects.
  package var workDirectory: String { "\(directory)/incoming" }

  /// The bytes of an object, whose size is known.
  ///
  /// - Returns: nil when the file is gone, or has other bytes than those it is named by.
  /// - Throws: when the disk cannot read what is there.
  package func verified(_ digest: Digest, at path: String, size: Int) throws -> [UInt8]? {
    do {
      let bytes = try disk.read(path, from: 0, count: size + 1)
      return Digest(of: bytes) == digest ? bytes : nil
    } catch let error as DiskError where error.isAbsence { return nil }
  }

  /// Forgets an object, for example a damaged one.
  func remove(_ digest: Digest) {
    disk.remove(path(of: digest))
    total -= sizes.removeValue(forKey: digest) ?? 0
  }

  /// Gives a whole and verified file its name.
  func adopt(_ file: String, as digest: Digest, size: Int) throws {
    do { try disk.rename(file, to: path(of: digest)) } catch {
      throw DiskError("cannot store an object in \(directory): \(error)")
    }
    note(digest, size: size)
    evict()
  }

  /// Pieces that nobody went on with for a day.
  private func removeOldPieces() {
    let yesterday = disk.today - 86_400
    for name in (try? disk.names(in: "\(directory)/incoming")) ?? [] {
      let path = "\(directory)/incoming/\(name)"
      if let status = disk.status(of: path), status.used < yesterday { disk.remove(path) }
    }
  }

  private func note(_ digest: Digest, size: Int) {
    total += size - (sizes.updateValue(size, forKey: digest) ?? 0)
  }

  /// Removes what was used longest ago until the rest fits.
  private func evict() {
    guard total > limit else { return }
    let newest = disk.today - Self.keptSeconds
    let candidates = stored().compactMap { digest -> (used: Double, digest: Digest)? in
      guard let status = disk.status(of: path(of: digest)), status.used < newest else { return nil }
      return (status.used, digest)
    }
    for (_, digest) in candidates.sorted(by: { ($0.used, $0.digest) < ($1.used, $1.digest) }) where total > limit {
      remove(digest)
    }
  }

  private func stored() -> [Digest] { ((try? disk.names(in: "\(directory)/objects")) ?? []).compactMap { Digest($0) } }
}
