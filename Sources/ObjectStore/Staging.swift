package import Core
import Foundation
import GRDB
import Synchronization

/// Objects on their way in.
struct Staging: Sendable {
  enum Content: Sendable {
    case small([UInt8])
    /// A whole file in `staging/` of this size.
    case large(path: String, size: Int)
  }

  /// Whole, verified, readable, not yet durable.
  var objects: [Digest: Content] = [:]
  /// Arriving piece by piece, as long as somebody holds them.
  var incoming: [Digest: Weak] = [:]

  struct Weak: Sendable {
    weak let object: IncomingObject?
  }
}

extension Store {
  /// Takes in an object that the next ``commit(_:)`` or ``flush()`` makes durable. Until then it can be read here, and
  /// a crash loses it.
  @discardableResult package func stage(_ bytes: [UInt8]) throws -> Digest {
    try requireWriter()
    let digest = Digest(of: bytes)
    guard try !contains(digest) else { return digest }
    guard bytes.count >= Self.largeObjectSize else {
      staging.withLock { $0.objects[digest] = .small(bytes) }
      return digest
    }
    let path = layout.staged(digest)
    try observer(.write(path))
    do {
      try OpenFile(path, flags: O_WRONLY | O_CREAT | O_TRUNC).write(bytes, at: 0)
    } catch {
      try? FileSystem.remove(path)
      throw error
    }
    staging.withLock { $0.objects[digest] = .large(path: path, size: bytes.count) }
    return digest
  }

  /// Throws away what was staged, or has arrived in part, and was not made durable yet. What is durable stays.
  package func discard(_ digest: Digest) throws {
    try requireWriter()
    try durability.withLock { _ in
      let content = staging.withLock { staging in
        staging.incoming[digest] = nil
        return staging.objects[digest]
      }
      if case .large(let path, _) = content, path == layout.file(of: digest) { return }
      staging.withLock { $0.objects[digest] = nil }
      for path in [layout.staged(digest), layout.incoming(digest)] where FileSystem.exists(path) {
        try FileSystem.remove(path)
      }
    }
  }

  /// Makes everything staged durable.
  package func flush() throws {
    try durability.withLock { _ in
      let staged = staging.withLock { $0.objects }
      guard !staged.isEmpty else { return }
      try storeLarge(staged)
      if staged.values.contains(where: { if case .small = $0 { true } else { false } }) {
        try writing { try insertSmall(staged, $0) }
      }
      forget(staged)
    }
  }

  /// ``stage(_:)`` and ``flush()``: durable on return.
  @discardableResult package func put(_ contents: [[UInt8]]) throws -> [Digest] {
    let digests = try contents.map { try stage($0) }
    try flush()
    return digests
  }

  /// Starts or resumes taking in an object piece by piece; nil when it is here already. A second call for the same
  /// object gives the same ``IncomingObject``. What arrived of a large object survives a restart.
  package func receive(_ digest: Digest, size: Int) throws -> IncomingObject? {
    try requireWriter()
    guard try !contains(digest) else { return nil }
    return try staging.withLock { staging in
      if let known = staging.incoming[digest]?.object, known.size == size { return known }
      let object = try IncomingObject(digest: digest, size: size, store: self)
      staging.incoming[digest] = Staging.Weak(object: object)
      return object
    }
  }

  /// Gives staged files their final, durable place: content, then name, then the directories, each once.
  func storeLarge(_ staged: [Digest: Staging.Content]) throws {
    var directories: Set<String> = []
    for (digest, content) in staged.sorted(by: { $0.key < $1.key }) {
      guard case .large(let path, let size) = content else { continue }
      let file = try OpenFile.reading(path)
      try file.protect()
      try observer(.synchronizeFile(path))
      try file.synchronize()
      try FileSystem.createDirectory(layout.directory(of: digest))
      try observer(.rename(path))
      try FileSystem.move(path, to: layout.file(of: digest))
      directories.insert(layout.directory(of: digest))
      let final = Staging.Content.large(path: layout.file(of: digest), size: size)
      staging.withLock { $0.objects[digest] = final }
    }
    for directory in directories.sorted() {
      try observer(.synchronizeDirectory(directory))
      try FileSystem.synchronizeDirectory(directory)
    }
  }

  func insertSmall(_ staged: [Digest: Staging.Content], _ db: Database) throws {
    let statement = try db.cachedStatement(sql: "INSERT OR IGNORE INTO object (digest, added, bytes) VALUES (?, ?, ?)")
    let now = FileSystem.now
    for (digest, content) in staged.sorted(by: { $0.key < $1.key }) {
      guard case .small(let bytes) = content else { continue }
      try statement.execute(arguments: [digest.data, now, Data(bytes)])
    }
  }

  /// Called when `staged` is durable.
  func forget(_ staged: [Digest: Staging.Content]) {
    staging.withLock { for digest in staged.keys { $0.objects[digest] = nil } }
  }
}
