package import Core
import Foundation
import GRDB

/// Incidents and attempts together: who says what of a task.
extension Store {
  /// Tasks with outcomes that contradict the one that is kept, in the order in which that came to be known.
  package func disputes() throws -> [Dispute] {
    try reading { db in
      guard try db.tableExists("incident") else { return [] }
      let tasks = try Data.fetchAll(
        db, sql: "SELECT task FROM incident WHERE kind = ? GROUP BY task ORDER BY min(position)",
        arguments: [Incident.Kind.different.rawValue])
      return try tasks.compactMap { try Digest($0).flatMap { try dispute(about: TaskID($0), db) } }
    }
  }

  /// What contradicts the outcome of this task; nil when nothing does.
  package func dispute(about task: TaskID) throws -> Dispute? {
    try reading { db in try db.tableExists("incident") ? dispute(about: task, db) : nil }
  }

  private func dispute(about task: TaskID, _ db: Database) throws -> Dispute? {
    let name = try Data.fetchOne(
      db, sql: "SELECT digest FROM outcome WHERE task = ? ORDER BY digest LIMIT 1", arguments: [task.data])
    guard let kept = name.flatMap({ Digest($0) }) else { return nil }
    let attempts = try Data.fetchAll(
      db, sql: "SELECT bytes FROM attempt WHERE task = ? ORDER BY digest", arguments: [task.data])
    var claims = attempts.map { Self.claim(kept, [UInt8]($0)) }
    let incidents = try Row.fetchAll(
      db, sql: "SELECT digest, attempt FROM incident WHERE task = ? AND kind IN (?, ?) ORDER BY position",
      arguments: [task.data, Incident.Kind.different.rawValue, Incident.Kind.agreeing.rawValue])
    for row in incidents {
      guard let outcome = Digest(try row.data(0)) else { continue }
      claims.append(Self.claim(outcome, [UInt8](try row.data(1))))
    }
    return Dispute(task: task, kept: kept, claims: claims)
  }

  private static func claim(_ outcome: Digest, _ attempt: [UInt8]) -> Dispute.Claim {
    let by = key(of: attempt)
    return Dispute.Claim(outcome: outcome, key: by.key, name: by.name)
  }

  /// Who brought an attempt, and what the key was called; empty when the attempt does not say.
  static func key(of attempt: [UInt8]) -> (key: String, name: String) {
    let by = (try? JSONValue.parse(attempt, source: "attempt"))?["by"]
    return (by?["key"]?.text ?? "", by?["name"]?.text ?? "")
  }
}
