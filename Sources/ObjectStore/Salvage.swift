import Core
import Foundation
import GRDB

/// Rebuilds a database that SQLite finds damaged from the rows that can still be read.
enum Salvage {
  /// Leaves a sound database alone. The damaged one moves to `damaged/`.
  static func run(_ layout: Layout, _ report: inout RepairReport) throws {
    try layout.requireStore()
    let lock = try StoreLock(layout)
    let messages = try translating(layout) { try verdict(layout) }
    guard !messages.isEmpty else { return }
    report.problems += messages.map(Problem.database)
    let fresh = layout.root + "/winnow.sqlite.rebuilt"
    for suffix in ["", "-wal", "-shm", "-journal"] { try FileSystem.remove(fresh + suffix) }
    let epoch = try rebuild(layout, into: fresh)
    let name = "winnow.sqlite-\(max(epoch, try lock.lastEpoch()))"
    try FileSystem.createDirectory(layout.damaged)
    // A second name for the old database, which the rebuilt one then replaces: there is one at every moment.
    try FileSystem.link(layout.database, to: "\(layout.damaged)/\(name)")
    report.quarantined.append(name)
    for suffix in ["-wal", "-shm"] where FileSystem.exists(layout.database + suffix) {
      try FileSystem.move(layout.database + suffix, to: "\(layout.damaged)/\(name)\(suffix)")
      report.quarantined.append(name + suffix)
    }
    try FileSystem.synchronizeDirectory(layout.damaged)
    try FileSystem.move(fresh, to: layout.database)
    try FileSystem.synchronizeDirectory(layout.root)
  }

  /// What SQLite has to say against the database; empty when it is sound. A foreign format is none of our business.
  private static func verdict(_ layout: Layout) throws -> [String] {
    do {
      let queue = try DatabaseQueue(path: layout.database)
      let messages = try queue.read { try String.fetchAll($0, sql: "PRAGMA integrity_check(20)") }
      return messages.filter { $0 != "ok" }
    } catch let error as DatabaseError where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode) {
      return [error.message ?? "SQLite error \(error.resultCode.rawValue)"]
    }
  }

  private static func rebuild(_ layout: Layout, into path: String) throws -> Epoch {
    // The rename at the end must move everything, so no write-ahead log here.
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let target = try DatabaseQueue(path: path, configuration: configuration)
    _ = try translating(layout) { try target.write { try Schema.prepare($0, path: layout.root) } }
    guard let source = try? DatabaseQueue(path: layout.database) else { return Epoch(0) }
    let epoch = (try? source.read { try Schema.epoch($0) }) ?? Epoch(0)
    try translating(layout) {
      try target.write { try $0.execute(sql: "UPDATE epoch SET value = ?", arguments: [Int64(epoch.value)]) }
      if (try? source.read { try $0.tableExists("incident") }) == true {
        try target.write { try Schema.createIncidents($0) }
      }
      for table in try target.read({ try Schema.tables(in: $0) }) { try copy(table, from: source, to: target) }
    }
    return epoch
  }

  /// Reads from the front until a page cannot be read, then from the back until one cannot.
  private static func copy(_ table: String, from source: DatabaseQueue, to target: DatabaseQueue) throws {
    for direction in ["ASC", "DESC"] {
      try source.read { damaged in
        guard
          let rows = try? Row.fetchCursor(
            damaged, sql: "SELECT * FROM \(table) NOT INDEXED ORDER BY rowid \(direction)")
        else { return }
        try target.write { db in
          while let row = try? rows.next() { try insert(row, into: table, db) }
        }
      }
    }
  }

  /// A row that the tables do not accept is as good as unreadable.
  private static func insert(_ row: Row, into table: String, _ db: Database) throws {
    let columns = row.columnNames.joined(separator: ", ")
    do {
      try db.execute(
        sql: "INSERT OR IGNORE INTO \(table) (\(columns)) VALUES (\(databaseQuestionMarks(count: row.count)))",
        arguments: StatementArguments(row.databaseValues))
    } catch let error as DatabaseError where [.SQLITE_CONSTRAINT, .SQLITE_MISMATCH].contains(error.resultCode) {}
  }
}
