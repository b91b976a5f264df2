import Core
import Foundation
import GRDB

/// Rebuilds a database that SQLite finds damaged, or that lost commits from its log, from the rows that can still be read.
enum Salvage {
  /// Leaves a sound database alone. The damaged one moves to `damaged/`.
  static func run(_ layout: Layout, _ report: inout RepairReport) throws {
    guard FileSystem.exists(layout.database) || FileSystem.exists(layout.seal) else { return try layout.requireStore() }
    let lock = try StoreLock(layout)
    // Whoever closes a database last empties its log, and drops what comes after a damaged page of it.
    let log = FileManager.default.contents(atPath: layout.database + "-wal") ?? Data()
    var messages = try translating(layout) { try verdict(layout) }
    if messages.isEmpty, !log.isEmpty, try isBehind(layout) {
      messages = ["its log is damaged, or what the file seal tells of is not in it"]
    }
    guard !messages.isEmpty else { return try noteDamagedSeal(layout, &report) }
    report.problems += messages.map(Problem.database)
    let fresh = layout.root + "/winnow.sqlite.rebuilt"
    for suffix in ["", "-wal", "-shm", "-journal"] { try FileSystem.remove(fresh + suffix) }
    let epoch = try rebuild(layout, log: log, into: fresh)
    let name = "winnow.sqlite-\(max(epoch, try lock.lastEpoch()))"
    try FileSystem.createDirectory(layout.damaged)
    if FileSystem.exists(layout.database) {
      // A second name for the old database, which the rebuilt one then replaces: there is one at every moment.
      try FileSystem.link(layout.database, to: "\(layout.damaged)/\(name)")
      report.quarantined.append(name)
    }
    for suffix in ["-wal", "-shm"] where FileSystem.exists(layout.database + suffix) {
      try FileSystem.move(layout.database + suffix, to: "\(layout.damaged)/\(name)\(suffix)")
      report.quarantined.append(name + suffix)
    }
    try FileSystem.synchronizeDirectory(layout.damaged)
    try FileSystem.move(fresh, to: layout.database)
    try FileSystem.synchronizeDirectory(layout.root)
  }

  /// Opening the store for writing makes it again.
  private static func noteDamagedSeal(_ layout: Layout, _ report: inout RepairReport) throws {
    guard FileSystem.exists(layout.database) else { return }
    let outside = SealFile.read(layout)
    let damage = try translating(layout) {
      try DatabaseQueue(path: layout.database).read { try Sealing.damage($0, outside: outside) }
    }
    report.problems += damage.map { [.incomplete($0)] } ?? []
  }

  /// What there is to say against the database; empty when it is sound. A foreign format is none of our business.
  private static func verdict(_ layout: Layout) throws -> [String] {
    guard FileSystem.exists(layout.database) else { return [] }
    do {
      let queue = try DatabaseQueue(path: layout.database)
      return try queue.read { db in
        let messages = try String.fetchAll(db, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
        return try messages + gaps(db)
      }
    } catch let error as DatabaseError where !refusals.contains(error.resultCode) {
      return [error.message ?? "SQLite error \(error.resultCode.rawValue)"]
    }
  }

  /// What the system, not the database, is to blame for.
  private static let refusals: [ResultCode] = [
    .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_FULL, .SQLITE_NOMEM, .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_CANTOPEN,
  ]

  /// What a store has and this database, though one of ours, lacks.
  private static func gaps(_ db: Database) throws -> [String] {
    guard try db.tableExists("outcome"), try db.tableExists("task") else { return [] }
    let lacking = try ["object", "attempt", "failure", "sweep", "epoch", "format"].filter { try !db.tableExists($0) }
    guard lacking.isEmpty else { return ["the tables \(lacking.joined(separator: ", ")) are missing"] }
    return try Int.fetchOne(db, sql: "SELECT version FROM format") == nil ? ["its format is missing"] : []
  }

  /// Whether the file seal tells of rows that are not here.
  private static func isBehind(_ layout: Layout) throws -> Bool {
    guard let outside = SealFile.read(layout).seal, outside.number > 0 else { return false }
    return try translating(layout) {
      try DatabaseQueue(path: layout.database).read { db in
        guard try db.tableExists("seal"), let inside = try Sealing.stored(db) else { return true }
        return outside.number >= inside.number && outside.tallies != inside.tallies
      }
    }
  }

  private static func rebuild(_ layout: Layout, log: Data, into path: String) throws -> Epoch {
    let main = try? Data(contentsOf: URL(fileURLWithPath: layout.database), options: .alwaysMapped)
    let scan = PageScan(main: main ?? Data(), log: log)
    var epoch: Int64 = 0
    var sweeps: [(position: Int64, columns: String, values: [DatabaseValue])] = []
    try translating(layout) {
      // The rename at the end must move everything, so no write-ahead log here.
      let target = try DatabaseQueue(path: path)
      try target.write { db in
        try Schema.prepare(db, path: layout.root)
        try scan.forEachRow { number, columns in
          switch FoundRow(number: number, columns) {
          case .number(let value): epoch = max(epoch, min(value, Int64.max / 2))
          case .row(.sweep, let columns, let values): sweeps.append((number, columns, values))
          case .row(let table, let columns, let values): try insert(values, columns, into: table, db)
          case nil: break
          }
        }
        // Of a sweep that was added again the page may still be there that held it before.
        for sweep in sweeps.enumerated().sorted(by: {
          ($1.element.position, $0.offset) < ($0.element.position, $1.offset)
        }) {
          try insert(sweep.element.values, sweep.element.columns, into: .sweep, db)
        }
        try dropTheStale(db)
        try db.execute(sql: "UPDATE epoch SET value = ?", arguments: [epoch])
      }
    }
    return Epoch(UInt64(max(0, epoch)))
  }

  /// A row that is there already is the newer one.
  private static func insert(_ values: [DatabaseValue], _ columns: String, into table: SealedTable, _ db: Database)
    throws
  {
    try db.cachedStatement(
      sql: "INSERT OR IGNORE INTO \(table.name) (\(columns)) VALUES (\(databaseQuestionMarks(count: values.count)))"
    ).execute(arguments: StatementArguments(values))
  }

  /// Pages that are not used any more may hold what was taken back.
  private static func dropTheStale(_ db: Database) throws {
    try db.execute(
      sql: """
        DELETE FROM outcome WHERE EXISTS (
          SELECT 1 FROM incident
          WHERE incident.task = outcome.task AND incident.digest = outcome.digest AND incident.kind = ?)
        """, arguments: [Incident.Kind.revoked.rawValue])
    try db.execute(sql: "DELETE FROM attempt WHERE task NOT IN (SELECT task FROM outcome)")
    try db.execute(sql: "DELETE FROM failure WHERE task IN (SELECT task FROM outcome)")
  }
}
