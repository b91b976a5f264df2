import Core
import Foundation
import GRDB

/// Rebuilds a database that SQLite finds damaged from the rows that can still be read.
enum Salvage {
  /// Leaves a sound database alone. The damaged one moves to `damaged/`.
  static func run(_ layout: Layout, _ report: inout RepairReport) throws {
    try layout.requireStore()
    let lock = try StoreLock(layout)
    let messages = verdict(layout)
    guard !messages.isEmpty else { return }
    report.problems += messages.map(Problem.database)
    let fresh = layout.root + "/winnow.sqlite.rebuilt"
    for suffix in ["", "-wal", "-shm", "-journal"] { try FileSystem.remove(fresh + suffix) }
    let epoch = try rebuild(layout, into: fresh)
    try FileSystem.createDirectory(layout.damaged)
    for suffix in ["", "-wal", "-shm"] where FileSystem.exists(layout.database + suffix) {
      let name = "winnow.sqlite-\(max(epoch, try lock.lastEpoch()))\(suffix)"
      try FileSystem.move(layout.database + suffix, to: "\(layout.damaged)/\(name)")
      report.quarantined.append(name)
    }
    try FileSystem.synchronizeDirectory(layout.damaged)
    try FileSystem.move(fresh, to: layout.database)
    try FileSystem.synchronizeDirectory(layout.root)
  }

  /// What SQLite has to say against the database; empty when it is sound. A foreign format is none of our business.
  private static func verdict(_ layout: Layout) -> [String] {
    do {
      let queue = try DatabaseQueue(path: layout.database)
      let messages = try queue.read { try String.fetchAll($0, sql: "PRAGMA integrity_check(20)") }
      return messages.filter { $0 != "ok" }
    } catch {
      return ["\((error as? DatabaseError)?.message ?? "\(error)")"]
    }
  }

  private static func rebuild(_ layout: Layout, into path: String) throws -> Epoch {
    // The rename at the end must move everything, so no write-ahead log here.
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let target = try DatabaseQueue(path: path, configuration: configuration)
    try translating(layout) { try target.write { try Schema.prepare($0, path: layout.root) } }
    guard let source = try? DatabaseQueue(path: layout.database) else { return Epoch(0) }
    let epoch = (try? source.read { try Schema.epoch($0) }) ?? Epoch(0)
    try translating(layout) {
      try target.write { try $0.execute(sql: "UPDATE epoch SET value = ?", arguments: [Int64(epoch.value)]) }
      for table in Schema.tables { try copy(table, from: source, to: target) }
    }
    return epoch
  }

  /// Reads from the front until a page cannot be read, then from the back until one cannot.
  private static func copy(_ table: String, from source: DatabaseQueue, to target: DatabaseQueue) throws {
    for direction in ["ASC", "DESC"] {
      var rows: [Row] = []
      do {
        try source.read { db in
          let cursor = try Row.fetchCursor(db, sql: "SELECT * FROM \(table) NOT INDEXED ORDER BY rowid \(direction)")
          while let row = try cursor.next() { rows.append(row.copy()) }
        }
      } catch is DatabaseError {}
      try target.write { db in
        for row in rows {
          let columns = row.columnNames.joined(separator: ", ")
          let marks = databaseQuestionMarks(count: row.count)
          try? db.execute(
            sql: "INSERT OR IGNORE INTO \(table) (\(columns)) VALUES (\(marks))",
            arguments: StatementArguments(row.databaseValues))
        }
      }
    }
  }
}
