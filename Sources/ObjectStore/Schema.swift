import Core
import Foundation
import GRDB

/// The tables of `winnow.sqlite`.
enum Schema {
  /// Content of the tables in the order in which rows may refer to each other, without the two bookkeeping tables.
  static let tables = ["object", "task", "outcome", "attempt", "failure", "sweep", "incident"]

  /// The oldest version that this program reads, and brings up to date when it writes.
  private static let oldestVersion = 1

  /// What SQLite is told to make of the sweeps: small columns before large ones, so that a list reads no request.
  private static let sweepColumns = """
    position INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE, name TEXT NOT NULL,
    state INTEGER NOT NULL DEFAULT 0, json BLOB NOT NULL, trialTable BLOB, seal BLOB
    """

  /// Creates the tables in an empty database, or brings those of an older version up to date. Throws when there are tables
  /// already that are not ours, or of an unknown version. Returns whether an older version was changed.
  @discardableResult static func prepare(_ db: Database, path: String) throws -> Bool {
    if try db.tableExists("format") {
      let isOld = try verify(db, path: path) < Store.formatVersion
      if isOld { try migrate(db) }
      try createLaterTables(db)
      return isOld
    }
    guard try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0 else {
      throw StoreError.notAStore(path: path, reason: "its winnow.sqlite was made by another program")
    }
    try db.execute(
      sql: """
        CREATE TABLE format (version INTEGER NOT NULL) STRICT;
        CREATE TABLE epoch (value INTEGER NOT NULL) STRICT;
        CREATE TABLE object (digest BLOB PRIMARY KEY, added INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
        CREATE TABLE task (id BLOB PRIMARY KEY, specification BLOB NOT NULL) STRICT;
        CREATE TABLE outcome (
          task BLOB NOT NULL, digest BLOB NOT NULL, bytes BLOB NOT NULL, objects BLOB NOT NULL, seal BLOB NOT NULL,
          PRIMARY KEY (task, digest)) STRICT;
        CREATE TABLE attempt (
          task BLOB NOT NULL, digest BLOB NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (task, digest)) STRICT;
        CREATE TABLE failure (task BLOB PRIMARY KEY, specification BLOB NOT NULL, report BLOB NOT NULL) STRICT;
        CREATE TABLE sweep (\(sweepColumns)) STRICT;
        INSERT INTO epoch VALUES (0);
        """)
    try db.execute(sql: "INSERT INTO format VALUES (?)", arguments: [Store.formatVersion])
    try createLaterTables(db)
    return false
  }

  /// Tables that stores of this version lacked at first. A table more is no other format.
  private static func createLaterTables(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS incident (
          position INTEGER PRIMARY KEY AUTOINCREMENT, task BLOB NOT NULL, kind INTEGER NOT NULL, digest BLOB NOT NULL,
          bytes BLOB NOT NULL, attempt BLOB NOT NULL, added INTEGER NOT NULL, UNIQUE (task, kind, digest)) STRICT;
        CREATE TABLE IF NOT EXISTS seal (id INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS loss (position INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS absent (digest BLOB PRIMARY KEY) STRICT;
        CREATE TABLE IF NOT EXISTS released (digest BLOB PRIMARY KEY) STRICT;
        """)
  }

  /// Version 2 knows which sweeps are open, and has room for a trial table with each.
  private static func migrate(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE newSweep (\(sweepColumns)) STRICT;
        INSERT INTO newSweep (position, id, name, json) SELECT position, id, name, json FROM sweep;
        DROP TABLE sweep;
        ALTER TABLE newSweep RENAME TO sweep;
        """)
    try db.execute(sql: "UPDATE format SET version = ?", arguments: [Store.formatVersion])
  }

  /// The version of the database. Throws unless this program can read it.
  @discardableResult static func verify(_ db: Database, path: String) throws -> Int {
    guard try db.tableExists("format"), let found = try Int.fetchOne(db, sql: "SELECT version FROM format") else {
      throw StoreError.notAStore(path: path, reason: "its winnow.sqlite was made by another program")
    }
    guard (oldestVersion...Store.formatVersion).contains(found) else {
      throw StoreError.foreignFormat(path: path, found: found, known: Store.formatVersion)
    }
    return found
  }

  static func epoch(_ db: Database) throws -> Epoch {
    // What no store ever reached is damage, and must not overflow.
    Epoch(UInt64(min(max(0, try Int64.fetchOne(db, sql: "SELECT value FROM epoch") ?? 0), Int64.max / 2)))
  }

  /// Protects the columns of an outcome that its own digest does not cover.
  static func seal(task: TaskID, outcome: Digest, objects: [UInt8]) -> Digest {
    Digest(of: task.digest.bytes + outcome.bytes + objects)
  }
}

extension Digest {
  /// As SQLite keeps it.
  var data: Data { Data(bytes) }
  /// Nil when the column was damaged.
  init?(_ data: Data) { self.init(bytes: [UInt8](data)) }
  /// 32 bytes each, one after the other.
  static func list(_ data: Data) -> [Digest] {
    let bytes = [UInt8](data)
    return stride(from: 0, to: bytes.count - 31, by: 32).map { Digest(bytes: Array(bytes[$0..<$0 + 32]))! }
  }
}

/// What a column holds, where a damaged database may hold something else: a `RowDecodingError` then, which ``translating(_:_:)``
/// knows, where GRDB's subscripts trap.
extension Row {
  func data(_ index: Int) throws -> Data { try decode(Data.self, atIndex: index) }
  func data(_ name: String) throws -> Data { try decode(Data.self, forColumn: name) }
  func optionalData(_ index: Int) throws -> Data? { try decode(Data?.self, atIndex: index) }
  func integer(_ index: Int) throws -> Int { try decode(Int.self, atIndex: index) }
  func text(_ index: Int) throws -> String { try decode(String.self, atIndex: index) }
}

extension TaskID {
  var data: Data { digest.data }
}

/// Runs `body` and turns SQLite's errors into those of the store.
func translating<Value>(_ layout: Layout, _ body: () throws -> Value) throws -> Value {
  do {
    return try body()
  } catch let error as DatabaseError {
    let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_FULL: throw StoreError.diskFull(path: layout.root)
    case .SQLITE_IOERR where FileSystem.freeBytes(layout.root) < 1 << 20: throw StoreError.diskFull(path: layout.root)
    case .SQLITE_READONLY, .SQLITE_PERM: throw StoreError.readOnly(path: layout.root)
    default: throw StoreError.database(path: layout.database, reason: reason)
    }
  } catch is RowDecodingError {
    throw StoreError.database(path: layout.database, reason: "a row holds something that Winnow never writes there")
  }
}
