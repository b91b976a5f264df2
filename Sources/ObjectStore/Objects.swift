package import Core
import Foundation
import GRDB
import Synchronization

extension Store {
  /// Those of `digests` that are here, staged ones included.
  package func contains(_ digests: [Digest]) throws -> Set<Digest> {
    var found: Set<Digest> = staging.withLock { staging in Set(digests.filter { staging.objects[$0] != nil }) }
    let missing = digests.filter { !found.contains($0) }
    guard !missing.isEmpty else { return found }
    found.formUnion(try reading { db in try missing.filter { try isSmall($0, db) } })
    for digest in missing where FileSystem.exists(layout.file(of: digest)) { found.insert(digest) }
    return found
  }

  /// Whether `digest` is here, staged or durable.
  package func contains(_ digest: Digest) throws -> Bool { try !contains([digest]).isEmpty }

  /// Size in bytes; nil when the object is not here.
  package func size(of digest: Digest) throws -> Int? {
    switch staging.withLock({ $0.objects[digest] }) {
    case .small(let bytes): return bytes.count
    case .large(_, let size): return size
    case nil: break
    }
    if let file = FileSystem.status(layout.file(of: digest)) { return file.size }
    return try reading { db in
      try Int.fetchOne(
        db.cachedStatement(sql: "SELECT length(bytes) FROM object WHERE digest = ?"), arguments: [digest.data])
    }
  }

  /// The whole object, its digest verified. Throws `missingObject`, `releasedObject` or `damagedObject`.
  package func read(_ digest: Digest) throws -> [UInt8] {
    let (bytes, place) = try content(of: digest)
    guard Digest(of: bytes) == digest else { throw StoreError.damagedObject(digest, place: place) }
    return bytes
  }

  /// At most `count` bytes from `offset`; fewer at the end, none behind it. The digest of the whole object is verified
  /// when this process first touches it; who collects the pieces verifies again.
  package func read(_ digest: Digest, offset: Int, count: Int) throws -> [UInt8] {
    guard offset >= 0, count >= 0 else {
      throw StoreError.wrongContent("object \(digest) has no piece of \(count) bytes at \(offset)")
    }
    guard let file = try largeFile(of: digest) else {
      let bytes = try read(digest)
      return Array(bytes[min(offset, bytes.count)...].prefix(count))
    }
    if !verified.withLock({ $0.contains(digest) }) {
      guard try file.digest().digest == digest else { throw StoreError.damagedObject(digest, place: file.path) }
      verified.withLock { _ = $0.insert(digest) }
    }
    guard let size = FileSystem.status(file.path)?.size, offset < size else { return [] }
    return try file.read(count: min(count, size - offset), at: offset)
  }

  /// The file of a large object, to be mapped; nil when the object is small or not here. A staged one is made durable
  /// first. Not verified.
  package func path(of digest: Digest) throws -> String? {
    if case .large = staging.withLock({ $0.objects[digest] }) { try flush() }
    let path = layout.file(of: digest)
    return FileSystem.exists(path) ? path : nil
  }

  /// Every durable object with its size, sorted by digest.
  package func objects() throws -> [(digest: Digest, size: Int)] {
    var objects: [(digest: Digest, size: Int)] = try reading { db in
      try Row.fetchAll(db, sql: "SELECT digest, length(bytes) FROM object")
        .compactMap { row in try Digest(row.data(0)).map { ($0, try row.integer(1)) } }
    }
    for (digest, path) in try layout.objectFiles() {
      if let digest, let status = FileSystem.status(path) { objects.append((digest, status.size)) }
    }
    return objects.sorted { $0.digest < $1.digest }
  }

  func isSmall(_ digest: Digest, _ db: Database) throws -> Bool {
    try Int.fetchOne(
      db.cachedStatement(sql: "SELECT 1 FROM object WHERE digest = ?"), arguments: [digest.data]) != nil
  }

  private func content(of digest: Digest) throws -> (bytes: [UInt8], place: String) {
    if case .small(let bytes) = staging.withLock({ $0.objects[digest] }) { return (bytes, "memory") }
    let row = try reading { db in
      try Data.fetchOne(db.cachedStatement(sql: "SELECT bytes FROM object WHERE digest = ?"), arguments: [digest.data])
    }
    if let row { return ([UInt8](row), layout.database) }
    guard let file = try largeFile(of: digest) else {
      throw try released(among: [digest]).isEmpty ? StoreError.missingObject(digest) : .releasedObject(digest)
    }
    let size = FileSystem.status(file.path)?.size ?? 0
    return (try file.read(count: size, at: 0), file.path)
  }

  private func largeFile(of digest: Digest) throws -> OpenFile? {
    if case .large(let path, _) = staging.withLock({ $0.objects[digest] }), let file = try? OpenFile.reading(path) {
      return file
    }
    // Between the two looks a staged file may have got its final name.
    let path = layout.file(of: digest)
    return FileSystem.exists(path) ? try OpenFile.reading(path) : nil
  }
}
