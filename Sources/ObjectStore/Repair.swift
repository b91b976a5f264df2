package import Core
import Foundation
import GRDB

extension Store {
  /// Mends the store at `path`: rebuilds a database that SQLite finds damaged from the rows that can be read, moves
  /// what is bad into `damaged/`, and takes back the outcomes that depend on it, so that their tasks run again.
  /// Nothing is deleted. Throws what ``openForWriting(at:owner:observer:)`` throws.
  package static func repair(at path: String, owner: String) throws -> RepairReport {
    var report = RepairReport()
    try Salvage.run(Layout(root: path), &report)
    let store = try openForWriting(at: path, owner: owner)
    // What is taken out may be what something else needs.
    for _ in 0..<4 {
      let problems = try store.check().problems
      if problems.isEmpty { break }
      report.problems += problems.filter { !report.problems.contains($0) }
      try store.takeOut(problems, &report)
      try store.accept(problems)
    }
    report.requeued = Array(Set(report.requeued)).sorted()
    return report
  }

  /// What is lost is lost: from now on the store is what it holds. A sweep whose files are lost is nothing to go on with.
  private func accept(_ problems: [Problem]) throws {
    try writing { db in
      for case .missingSource(let digest, _, _, let sweep) in problems {
        try db.execute(sql: "INSERT OR IGNORE INTO absent (digest) VALUES (?)", arguments: [digest.data])
        try db.execute(
          sql: "UPDATE sweep SET state = ? WHERE id = ?", arguments: [SweepState.closed.rawValue, sweep.data])
      }
    }
    try reseal()
  }

  /// Moves the damaged file of a large object into `damaged/`, so that it counts as missing and can be taken in again.
  package func quarantine(_ digest: Digest) throws {
    var report = RepairReport()
    verified.withLock { _ = $0.remove(digest) }
    try takeOutObject(digest, &report)
  }

  private func takeOut(_ problems: [Problem], _ report: inout RepairReport) throws {
    var lost: Set<Digest> = []
    for problem in problems {
      switch problem {
      case .damagedObject(let digest, _):
        lost.insert(digest)
        try takeOutObject(digest, &report)
      case .missingObject(let digest, _): lost.insert(digest)
      case .strayFile(let path): try moveAway(path, as: "stray-\(path.split(separator: "/").last ?? "file")", &report)
      case .damagedRecord, .damagedEntry, .database, .missingSource, .incomplete: break
      }
    }
    let before = Set(try tasks())
    for table in Schema.tables {
      try takeOutRows(of: table, &report) { Self.isBad($0, table: table, lost: lost) }
    }
    try takeOutTrialTables(&report)
    // What belonged to a task that is gone is of no use without it.
    for table in ["outcome", "attempt"] {
      let known = Set(try reading { try Data.fetchAll($0, sql: "SELECT id FROM task") })
      try takeOutRows(of: table, &report) { !known.contains(Data.fromDatabaseValue($0["task"]) ?? Data()) }
    }
    report.requeued += before.subtracting(try tasks())
  }

  /// Whether a row contradicts itself or depends on a lost object.
  private static func isBad(_ row: Row, table: String, lost: Set<Digest>) -> Bool {
    func data(_ column: String) -> Data { Data.fromDatabaseValue(row[column]) ?? Data() }
    func bytes(_ column: String) -> [UInt8] { [UInt8](data(column)) }
    func fits(_ name: String, _ content: String) -> Bool { Digest(data(name)) == Digest(of: bytes(content)) }
    switch table {
    case "object": return !fits("digest", "bytes")
    case "task": return !fits("id", "specification")
    case "attempt", "incident": return !fits("digest", "bytes")
    case "failure": return !fits("task", "specification")
    case "sweep": return !fits("id", "json")
    default:
      guard fits("digest", "bytes"), let task = Digest(data("task")), let digest = Digest(data("digest")),
        Digest(data("seal")) == Schema.seal(task: TaskID(task), outcome: digest, objects: bytes("objects"))
      else { return true }
      return Digest.list(data("objects")).contains(where: lost.contains)
    }
  }

  /// Whether the trial table of a row of sweeps, where it has one, is what was stored.
  static func hasSoundTrialTable(_ row: Row) -> Bool {
    guard row.hasColumn("trialTable") else { return true }
    let seal = Data.fromDatabaseValue(row["seal"])
    guard let table = Data.fromDatabaseValue(row["trialTable"]) else { return seal == nil }
    return seal.flatMap { Digest($0) } == Digest(of: [UInt8](table))
  }

  /// A sweep is worth keeping without its trial table, which can be made again.
  private func takeOutTrialTables(_ report: inout RepairReport) throws {
    let bad = try reading { try Row.fetchAll($0, sql: "SELECT * FROM sweep") }.filter { !Self.hasSoundTrialTable($0) }
    for row in bad {
      let position: Int64 = row["position"]
      try save(
        [UInt8](Data.fromDatabaseValue(row["trialTable"]) ?? Data()), as: "trialTable-\(position)-\(epoch)",
        &report)
    }
    guard !bad.isEmpty else { return }
    try FileSystem.synchronizeDirectory(layout.damaged)
    try writing { db in
      for row in bad {
        try db.execute(
          sql: "UPDATE sweep SET trialTable = NULL, seal = NULL WHERE position = ?",
          arguments: [row["position"] as Int64])
      }
    }
  }

  /// Writes the rows that are bad to `damaged/`, durably, then deletes them.
  private func takeOutRows(of table: String, _ report: inout RepairReport, where isBad: (Row) -> Bool) throws {
    var bad: [Int64] = []
    try reading { db in
      let rows = try Row.fetchCursor(db, sql: "SELECT rowid AS rowNumber, * FROM \(table) ORDER BY rowid")
      while let row = try rows.next() {
        guard isBad(row) else { continue }
        let number: Int64 = row["rowNumber"]
        let text = row.map { name, value in "\(name): \(Self.text(value))\n" }.joined()
        try save(Array(text.utf8), as: "\(table)-\(number)-\(epoch)", &report)
        bad.append(number)
      }
    }
    guard !bad.isEmpty else { return }
    try FileSystem.synchronizeDirectory(layout.damaged)
    try writing { db in
      for number in bad { try db.execute(sql: "DELETE FROM \(table) WHERE rowid = ?", arguments: [number]) }
    }
  }

  /// Text as it is where the bytes are text, hexadecimal otherwise.
  private static func text(_ value: DatabaseValue) -> String {
    guard let data = Data.fromDatabaseValue(value) else { return value.description }
    let text = String(decoding: data, as: UTF8.self)
    return Array(text.utf8) == [UInt8](data) && !data.contains(0) ? text : Hexadecimal.encode([UInt8](data))
  }

  private func takeOutObject(_ digest: Digest, _ report: inout RepairReport) throws {
    let path = layout.file(of: digest)
    if FileSystem.exists(path) { try moveAway(path, as: "\(digest)-\(epoch)", &report) }
  }

  private func moveAway(_ path: String, as name: String, _ report: inout RepairReport) throws {
    try FileSystem.createDirectory(layout.damaged)
    try FileSystem.move(path, to: "\(layout.damaged)/\(name)")
    try FileSystem.synchronizeDirectory(layout.damaged)
    try FileSystem.synchronizeDirectory(FileSystem.parent(of: path))
    report.quarantined.append(name)
  }

  private func save(_ bytes: [UInt8], as name: String, _ report: inout RepairReport) throws {
    try FileSystem.createDirectory(layout.damaged)
    let file = try OpenFile("\(layout.damaged)/\(name)", flags: O_WRONLY | O_CREAT | O_TRUNC)
    try file.write(bytes, at: 0)
    try file.synchronize()
    report.quarantined.append(name)
  }
}
