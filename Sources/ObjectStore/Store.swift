package import Core
import Foundation
import GRDB
import Synchronization

/// A directory that keeps what was computed: records of tasks in `winnow.sqlite`, large objects in `objects/`.
///
/// Invariants: a record names only durable objects; objects are durable before their record, and the record before
/// anybody is told; a digest is verified whenever a file is read. One process writes at a time, any number reads.
/// What a store holds is a set: nothing but the list of sweeps depends on the order in which it arrived.
package final class Store: Sendable {
  /// The version of the layout that this program writes. It reads version 1 as well, and brings it up to date when it
  /// opens it for writing.
  package static let formatVersion = 2
  /// Objects of at least this many bytes are files; smaller ones live in the database.
  package static let largeObjectSize = 32 * 1024

  /// Grows with each opening for writing; a reader has the last writer's.
  package let epoch: Epoch
  let layout: Layout
  /// Whether the table of sweeps says which are open; false while an old store is read that nobody has written to since.
  let hasSweepStates: Bool
  /// The sweeps that such an old store keeps as open.
  let openBefore: Set<Digest>
  /// Nil in a store that was opened for reading.
  private let writer: Writer?
  private let reader: any DatabaseReader
  /// A copy of the database that this store made because the original cannot be opened where it is.
  private let temporaryDirectory: String?
  /// What the file `seal` said when that copy was made; nil when there is no copy.
  let outsideAtOpening: SealFile.Content?
  let observer: StepObserver
  let staging = Mutex(Staging())
  /// Held while staged objects and records become durable, so that this happens to one group at a time.
  let durability = Mutex(())
  /// Large objects whose digest this process has verified.
  let verified = Mutex(Set<Digest>())

  private struct Writer: Sendable {
    let pool: DatabasePool
    let lock: StoreLock
    let sealing: Sealing
    let sealFile: SealFile
  }

  private init(
    layout: Layout, epoch: Epoch, version: Int, writer: Writer?, reader: any DatabaseReader,
    temporaryDirectory: String? = nil, outsideAtOpening: SealFile.Content? = nil,
    observer: @escaping StepObserver = { _ in }
  ) {
    self.layout = layout
    hasSweepStates = version > 1
    openBefore = version > 1 ? [] : OpenSweepsFile(layout)?.open ?? []
    self.epoch = epoch
    self.writer = writer
    self.reader = reader
    self.temporaryDirectory = temporaryDirectory
    self.outsideAtOpening = outsideAtOpening
    self.observer = observer
  }

  deinit {
    if let temporaryDirectory { try? FileManager.default.removeItem(atPath: temporaryDirectory) }
  }

  /// The directory.
  package var path: String { layout.root }

  /// Opens the store for the only writer there may be, and creates it when the directory is absent or empty.
  ///
  /// `owner` tells people who holds the lock, for example "winnow-coordinator". Throws a ``StoreError``: `locked` (by
  /// whom), `readOnly`, `foreignFormat`, `notAStore`, `diskFull`, `database`. `observer` is for tests.
  package static func openForWriting(
    at path: String, owner: String, observer: @escaping StepObserver = { _ in }
  ) throws -> Store {
    let layout = Layout(root: path)
    try layout.requireStoreOrNothing()
    try FileSystem.createDirectory(layout.root)
    let lock = try StoreLock(layout)
    for directory in [layout.objects, layout.staging] { try FileSystem.createDirectory(directory) }
    let outside = SealFile.read(layout)
    let sealFile = try SealFile(layout)
    let sealing = Sealing()
    let (pool, epoch, seal) = try translating(layout) {
      try openPool(layout, lastEpoch: try lock.lastEpoch(), sealing, outside, observer)
    }
    sealFile.write(seal)
    try lock.announce(owner: owner, epoch: epoch)
    if FileSystem.exists(layout.openSweeps) {
      try observer(.remove(layout.openSweeps))
      try FileSystem.remove(layout.openSweeps)
    }
    try FileSystem.synchronizeDirectory(layout.root)
    for name in try FileSystem.list(layout.staging) where name.hasSuffix(".staged") {
      try FileSystem.remove("\(layout.staging)/\(name)")
    }
    return Store(
      layout: layout, epoch: epoch, version: formatVersion,
      writer: Writer(pool: pool, lock: lock, sealing: sealing, sealFile: sealFile), reader: pool, observer: observer)
  }

  /// Opens the store for reading; any number of readers work beside a writer and see what is committed.
  /// Throws `notAStore`, `foreignFormat`, `database`.
  package static func openForReading(at path: String) throws -> Store {
    let layout = Layout(root: path)
    try layout.requireStore()
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    do {
      let pool = try DatabasePool(path: layout.database, configuration: configuration)
      let (version, epoch) = try identity(pool, layout)
      return Store(layout: layout, epoch: epoch, version: version, writer: nil, reader: pool)
    } catch let error as DatabaseError
      where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
    {
      return try openCopy(layout, configuration)
    } catch let error as DatabaseError {
      return try translating(layout) { throw error }
    }
  }

  /// SQLite cannot open a database in WAL mode inside a directory that it may not write to.
  private static func openCopy(_ layout: Layout, _ configuration: Configuration) throws -> Store {
    let directory = NSTemporaryDirectory() + "winnow-" + UUID().uuidString
    let copy = Layout(root: directory)
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let outside = SealFile.read(layout)
    do {
      for suffix in ["", "-wal"] where FileSystem.exists(layout.database + suffix) {
        try FileManager.default.copyItem(atPath: layout.database + suffix, toPath: copy.database + suffix)
      }
      return try translating(layout) {
        let queue = try DatabaseQueue(path: copy.database, configuration: configuration)
        let (version, epoch) = try identity(queue, layout)
        return Store(
          layout: layout, epoch: epoch, version: version, writer: nil, reader: queue, temporaryDirectory: directory,
          outsideAtOpening: outside)
      }
    } catch {
      try? FileManager.default.removeItem(atPath: directory)
      throw error
    }
  }

  private static func identity(_ reader: any DatabaseReader, _ layout: Layout) throws -> (version: Int, epoch: Epoch) {
    try reader.read { db in (try Schema.verify(db, path: layout.root), try Schema.epoch(db)) }
  }

  private static func openPool(
    _ layout: Layout, lastEpoch: Epoch, _ sealing: Sealing, _ outside: SealFile.Content, _ observer: StepObserver
  ) throws -> (DatabasePool, Epoch, Seal) {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    let pool = try DatabasePool(path: layout.database, configuration: configuration)
    // GRDB sets NORMAL, which may lose the last commits in a power cut.
    try pool.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA synchronous = FULL")
      // A row that another replaces is a row that goes, for the seal too.
      try $0.execute(sql: "PRAGMA recursive_triggers = ON")
    }
    let (epoch, seal, takesOver) = try pool.write { db in
      let file = OpenSweepsFile(layout)
      let isOld = try Schema.prepare(db, path: layout.root)
      try Sealing.open(db, outside: outside)
      try sealing.watch(db)
      try file?.takeOver(db)
      var seal = try sealing.finish(db)
      if seal == nil { seal = try Sealing.stored(db) }
      // The lock file remembers the epoch too: a database that was restored from a copy must not repeat one.
      let next = max(try Schema.epoch(db), lastEpoch).next
      try db.execute(sql: "UPDATE epoch SET value = ?", arguments: [Int64(next.value)])
      if isOld || file != nil { try observer(.commit) }
      return (next, seal ?? Seal(), isOld || file != nil)
    }
    if takesOver { try observer(.committed) }
    return (pool, epoch, seal)
  }

  /// Reads the database in one consistent state.
  func reading<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try translating(layout) { try reader.read(body) }
  }

  /// Changes the database in one transaction that is durable on return.
  func writing<Value>(_ body: (Database) throws -> Value) throws -> Value {
    guard let writer else { throw StoreError.readOnly(path: "\(layout.root) (opened for reading)") }
    return try translating(layout) {
      let (value, seal) = try writer.pool.write { db in
        writer.sealing.begin()
        let value = try body(db)
        let seal = try writer.sealing.finish(db)
        try observer(.commit)
        return (value, seal)
      }
      if let seal { writer.sealFile.write(seal) }
      try observer(.committed)
      return value
    }
  }

  /// Seals what is there, after a repair, and forgets what is known to be lost.
  func reseal() throws {
    guard let writer else { return try requireWriter() }
    let seal = try translating(layout) {
      try writer.pool.write { db in
        var seal = try Sealing.stored(db) ?? Seal()
        seal.number = max(seal.number, SealFile.read(layout).seal?.number ?? 0)
        seal.tallies = try Sealing.count(db)
        let next = seal.next(adding: seal.tallies.map { _ in Tally() })
        try Sealing.store(next, db)
        try db.execute(sql: "DELETE FROM loss")
        return next
      }
    }
    writer.sealFile.write(seal)
  }

  /// Sentences about commits that were found to be lost when the store was opened, until it is repaired.
  package func losses() throws -> [String] {
    try reading { db in
      guard try db.tableExists("loss") else { return [] }
      return try String.fetchAll(db, sql: "SELECT text FROM loss ORDER BY position")
    }
  }

  /// Throws when this store was opened for reading.
  func requireWriter() throws {
    guard writer != nil else { throw StoreError.readOnly(path: "\(layout.root) (opened for reading)") }
  }
}
