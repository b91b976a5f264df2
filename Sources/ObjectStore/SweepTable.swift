package import Core
import Foundation
import GRDB

extension Store {
  /// Records a sweep as open, at the end of the list. One that is known already moves there, may change its name, and
  /// keeps its trial table unless a new one comes.
  ///
  /// - Parameters:
  ///   - id: the digest of `json`; throws `wrongContent` when it is not.
  ///   - json: the request, with the digests of what it was planned on: enough to plan it again.
  ///   - trialTable: which task answers which point; opaque to the store, found again with ``trialTable(of:)``.
  package func addSweep(id: Digest, name: String, json: [UInt8], trialTable: [UInt8]? = nil) throws {
    let record = SweepRecord(id: id, name: name, state: .open, json: json)
    try record.verify()
    try writing { try insertSweep(record, trialTable: trialTable, $0) }
  }

  /// Nothing more is to be done for the sweep. Unknown sweeps are passed over.
  package func closeSweep(_ id: Digest) throws {
    try writing { db in
      try db.execute(
        sql: "UPDATE sweep SET state = ? WHERE id = ?", arguments: [SweepState.closed.rawValue, id.data])
    }
  }

  /// Closes every sweep.
  package func closeSweeps() throws {
    try writing { try $0.execute(sql: "UPDATE sweep SET state = ?", arguments: [SweepState.closed.rawValue]) }
  }

  /// Forgets a sweep. What its tasks made stays.
  package func removeSweep(_ id: Digest) throws {
    try writing { try $0.execute(sql: "DELETE FROM sweep WHERE id = ?", arguments: [id.data]) }
  }

  /// All sweeps, in the order in which they were last added. Reads neither requests nor trial tables.
  package func sweeps() throws -> [SweepSummary] {
    try reading { db in
      try Row.fetchAll(db, sql: "SELECT id, name, \(stateColumn) FROM sweep ORDER BY position").compactMap { row in
        try Digest(row.data(0)).map {
          SweepSummary(id: $0, name: try row.text(1), state: state(try row.integer(2), of: $0))
        }
      }
    }
  }

  /// A column with the state of each sweep, for ``state(_:of:)``; a store that release 1 wrote has none.
  private var stateColumn: String { hasSweepStates ? "state" : "\(SweepState.closed.rawValue)" }

  private func decoded<Value>(_ body: () throws -> Value) throws -> Value { try translating(layout, body) }

  private func state(_ stored: Int, of id: Digest) -> SweepState {
    stored == SweepState.open.rawValue || openBefore.contains(id) ? .open : .closed
  }

  /// The sweeps that `text` may mean: the newest of that name, or else all whose id starts with it, oldest first.
  package func sweeps(called text: String) throws -> [SweepSummary] {
    try sweeps().called(text, name: \.name, id: \.id)
  }

  /// The sweep with its request; nil when there is none. Verified; throws `wrongContent`.
  package func sweepRecord(_ id: Digest) throws -> SweepRecord? {
    let row = try reading { db in
      try Row.fetchOne(db, sql: "SELECT name, \(stateColumn), json FROM sweep WHERE id = ?", arguments: [id.data])
    }
    guard let row else { return nil }
    let record = SweepRecord(
      id: id, name: try decoded { try row.text(0) }, state: state(try decoded { try row.integer(1) }, of: id),
      json: [UInt8](try decoded { try row.data(2) }))
    try record.verify()
    return record
  }

  /// What ``addSweep(id:name:json:trialTable:)`` was given, verified; nil when there is none, as for every sweep of a
  /// store that release 1 wrote. Throws `wrongContent` when it was damaged.
  package func trialTable(of id: Digest) throws -> [UInt8]? {
    guard hasSweepStates else { return nil }
    let row = try reading { db in
      try Row.fetchOne(db, sql: "SELECT trialTable, seal FROM sweep WHERE id = ?", arguments: [id.data])
    }
    guard let row, let table = try decoded({ try row.optionalData(0) }) else { return nil }
    guard let seal = try decoded({ try row.optionalData(1) }), Digest(seal) == Digest(of: [UInt8](table)) else {
      throw StoreError.wrongContent(
        "the trial table of sweep \(id.short) is damaged; run \"winnow store repair\" so that it is made again")
    }
    return [UInt8](table)
  }

  /// Gives a known sweep its trial table.
  package func setTrialTable(_ table: [UInt8], of id: Digest) throws {
    try writing { db in
      try db.execute(
        sql: "UPDATE sweep SET trialTable = ?, seal = ? WHERE id = ?",
        arguments: [Data(table), Digest(of: table).data, id.data])
    }
  }

  func insertSweep(_ record: SweepRecord, trialTable: [UInt8]?, _ db: Database) throws {
    let known = try Row.fetchOne(
      db, sql: "SELECT trialTable, seal FROM sweep WHERE id = ?", arguments: [record.id.data])
    let table = try trialTable.map { Data($0) } ?? known?.optionalData(0)
    let seal = try trialTable.map { Digest(of: $0).data } ?? known?.optionalData(1)
    try db.execute(
      sql: "INSERT OR REPLACE INTO sweep (id, name, state, json, trialTable, seal) VALUES (?, ?, ?, ?, ?, ?)",
      arguments: [record.id.data, record.name, record.state.rawValue, Data(record.json), table, seal])
  }
}
