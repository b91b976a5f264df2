package import Core
import Foundation
import GRDB

/// Something that happened to the result of a task and that people should look at.
package struct Incident: Hashable, Sendable {
  package enum Kind: Int, Hashable, Sendable, CaseIterable {
    /// Another outcome was handed in than the one that the store keeps, which stays.
    case different = 1
    /// The outcome was kept, and was taken back because of who had handed it in, or because of what it was computed from.
    case revoked = 2
    /// An outcome that differs from the one that the store keeps was handed in again, under another key than before.
    case agreeing = 3
  }

  package let task: TaskID
  package let kind: Kind
  /// Names `outcome`.
  package let digest: Digest
  package let outcome: [UInt8]
  /// Canonical JSON of who computed it, when and how; empty when nobody knows.
  package let attempt: [UInt8]
  /// Seconds since 1970.
  package let time: Int

  package init(
    task: TaskID, kind: Kind, outcome: [UInt8], attempt: [UInt8], time: Int = Int(Date().timeIntervalSince1970)
  ) {
    self.task = task
    self.kind = kind
    digest = Digest(of: outcome)
    self.outcome = outcome
    self.attempt = attempt
    self.time = time
  }
}

/// What ``Store/revoke(key:dryRun:)`` took back.
package struct RevokeReport: Hashable, Sendable {
  /// Tasks whose results only this key has handed in. Sorted.
  package var own: [TaskID] = []
  /// Tasks that were computed from those, directly or not. Sorted.
  package var dependent: [TaskID] = []
  package init() {}
}

extension Store {
  /// Incidents of each kind that are kept of one task and one key; further ones are not.
  static let incidentsPerKey = 8
  /// … and of one task, whatever keys there are.
  static let incidentsPerTask = 64

  /// Every incident, in the order in which they happened; none in a store that no program of this release has written to.
  package func incidents() throws -> [Incident] {
    try reading { db in
      guard try db.tableExists("incident") else { return [] }
      return try Row.fetchAll(db, sql: "SELECT task, kind, bytes, attempt, added FROM incident ORDER BY position")
        .compactMap { row in
          guard let task = Digest(try row.data(0)), let kind = Incident.Kind(rawValue: try row.integer(1)) else {
            return nil
          }
          return Incident(
            task: TaskID(task), kind: kind, outcome: [UInt8](try row.data(2)), attempt: [UInt8](try row.data(3)),
            time: try row.integer(4))
        }
    }
  }

  /// How many incidents there are.
  package func incidentCount() throws -> Int {
    try reading { db in
      try db.tableExists("incident") ? try Int.fetchOne(db, sql: "SELECT count(*) FROM incident") ?? 0 : 0
    }
  }

  /// Keeps incidents, durably. A different outcome that another key has handed in before is kept as ``Incident/Kind/agreeing``.
  /// One that is known, or beyond the few that are kept, changes nothing.
  package func addIncidents(_ incidents: [Incident]) throws {
    guard !incidents.isEmpty else { return }
    try writing { db in for incident in incidents { try insert(incident, db) } }
  }

  func insert(_ incident: Incident, _ db: Database) throws {
    let key = Self.key(of: incident.attempt).key
    let kind = try kind(of: incident, by: key, db)
    let known = try Data.fetchAll(
      db, sql: "SELECT attempt FROM incident WHERE task = ? AND kind = ?",
      arguments: [incident.task.data, kind.rawValue])
    guard known.count < Self.incidentsPerTask,
      known.count(where: { Self.key(of: [UInt8]($0)).key == key }) < Self.incidentsPerKey
    else { return }
    try db.execute(
      sql: "INSERT OR IGNORE INTO incident (task, kind, digest, bytes, attempt, added) VALUES (?, ?, ?, ?, ?, ?)",
      arguments: [
        incident.task.data, kind.rawValue, incident.digest.data, Data(incident.outcome),
        Data(incident.attempt), incident.time,
      ])
  }

  private func kind(of incident: Incident, by key: String, _ db: Database) throws -> Incident.Kind {
    guard incident.kind == .different else { return incident.kind }
    let first = try Data.fetchOne(
      db, sql: "SELECT attempt FROM incident WHERE task = ? AND kind = ? AND digest = ?",
      arguments: [incident.task.data, incident.kind.rawValue, incident.digest.data])
    guard let first, Self.key(of: [UInt8](first)).key != key else { return .different }
    return .agreeing
  }

  /// Takes back every result that only the key `key` has handed in, and every result computed from one of those: their tasks
  /// are as if never computed, and each outcome is kept as an incident.
  ///
  /// - Parameter key: the name of the key as attempts tell it, or the key itself.
  package func revoke(key: String, dryRun: Bool) throws -> RevokeReport {
    try requireWriter()
    let report = try reading { try revocable(key, $0) }
    guard !dryRun, !report.own.isEmpty else { return report }
    try writing { db in for task in report.own + report.dependent { try takeBack(task, db) } }
    return report
  }

  private func revocable(_ key: String, _ db: Database) throws -> RevokeReport {
    var byKey: Set<TaskID> = []
    var byOthers: Set<TaskID> = []
    let attempts = try Row.fetchCursor(db, sql: "SELECT task, bytes FROM attempt")
    while let row = try attempts.next() {
      guard let task = Digest(try row.data(0)).map(TaskID.init) else { continue }
      let bytes = [UInt8](try row.data(1))
      let by = Self.key(of: bytes)
      let isHis = by.key == key || by.name == key
      if isHis { byKey.insert(task) } else { byOthers.insert(task) }
    }
    let finished = Set(
      try Data.fetchAll(db, sql: "SELECT DISTINCT task FROM outcome").compactMap { Digest($0).map(TaskID.init) })
    let own = byKey.subtracting(byOthers).intersection(finished)
    var report = RevokeReport()
    report.own = own.sorted()
    report.dependent = try tasks(computedFrom: own, among: finished, db).subtracting(own).sorted()
    return report
  }

  /// The tasks whose specification mentions one of `tasks`, or a task that does, and so on.
  private func tasks(computedFrom tasks: Set<TaskID>, among finished: Set<TaskID>, _ db: Database) throws -> Set<TaskID>
  {
    var readers: [TaskID: [TaskID]] = [:]
    let rows = try Row.fetchCursor(db, sql: "SELECT id, specification FROM task")
    while let row = try rows.next() {
      guard let task = Digest(try row.data(0)).map(TaskID.init) else { continue }
      for input in Self.mentions(in: [UInt8](try row.data(1))) { readers[TaskID(input), default: []].append(task) }
    }
    var found = tasks
    var open = Array(tasks)
    while let task = open.popLast() {
      for reader in readers[task] ?? [] where found.insert(reader).inserted { open.append(reader) }
    }
    return found.intersection(finished)
  }

  private func takeBack(_ task: TaskID, _ db: Database) throws {
    let attempt = try Data.fetchOne(
      db, sql: "SELECT bytes FROM attempt WHERE task = ? ORDER BY digest LIMIT 1", arguments: [task.data])
    for outcome in try Data.fetchAll(db, sql: "SELECT bytes FROM outcome WHERE task = ?", arguments: [task.data]) {
      try insert(
        Incident(task: task, kind: .revoked, outcome: [UInt8](outcome), attempt: attempt.map { [UInt8]($0) } ?? []), db)
    }
    for table in ["outcome", "attempt"] {
      try db.execute(sql: "DELETE FROM \(table) WHERE task = ?", arguments: [task.data])
    }
  }
}
