import Core
import Foundation
import GRDB

/// The tables of `winnow.sqlite`.
enum Schema {
  /// Content of the tables in the order in which rows may refer to each other, without the two bookkeeping tables.
  static let tables = ["object", "task", "outcome", "attempt", "failure", "sweep"]

  /// Creates the tables in an empty database. Throws when there are tables already that are not ours, or of another
  /// version.
  static func prepare(_ db: Database, path: String) throws {
    if try db.tableExists("format") { return try verify(db, path: path) }
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
        CREATE TABLE sweep (
          position INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE, name TEXT NOT NULL, json BLOB NOT NULL) STRICT;
        INSERT INTO epoch VALUES (0);
        """)
    try db.execute(sql: "INSERT INTO format VALUES (?)", arguments: [Store.formatVersion])
  }

  /// Throws unless the database is of the version this program knows.
  static func verify(_ db: Database, path: String) throws {
    guard try db.tableExists("format"), let found = try Int.fetchOne(db, sql: "SELECT version FROM format") else {
      throw StoreError.notAStore(path: path, reason: "its winnow.sqlite was made by another program")
    }
    guard found == Store.formatVersion else {
      throw StoreError.foreignFormat(path: path, found: found, known: Store.formatVersion)
    }
  }

  static func epoch(_ db: Database) throws -> Epoch {
    Epoch(UInt64(try Int64.fetchOne(db, sql: "SELECT value FROM epoch") ?? 0))
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
  }
}
