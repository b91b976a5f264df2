package import Core
import Foundation
import GRDB
import Synchronization

extension Store {
  /// Makes everything staged durable, then all records in one transaction with one disk synchronisation. On return
  /// everything survives a power cut; when it throws, no record was stored and the same call may be tried again.
  ///
  /// Throws `missingObject` when a commit names an object that is not here, `wrongContent` when a task is not the
  /// digest of its specification. A commit removes the failure of its task.
  ///
  /// - Parameter released: objects that need not be here.
  package func commit(
    _ commits: [Commit], incidents: [Incident] = [], without released: Set<Digest> = []
  ) throws -> [CommitResult] {
    guard !commits.isEmpty else {
      try addIncidents(incidents)
      return []
    }
    for commit in commits where Digest(of: commit.specification) != commit.task.digest {
      throw StoreError.wrongContent("task \(commit.task) is not the digest of its specification")
    }
    return try durability.withLock { _ in
      let staged = staging.withLock { $0.objects }
      let named = Set(commits.flatMap(\.objects))
      let here = try contains(Array(named))
      if let missing = named.subtracting(here).subtracting(released).min() { throw StoreError.missingObject(missing) }
      try storeLarge(staged)
      let results = try writing { db in
        try insertSmall(staged, db)
        for incident in incidents { try insert(incident, db) }
        return try commits.map { try insert($0, db) }
      }
      forget(staged)
      return results
    }
  }

  private func insert(_ commit: Commit, _ db: Database) throws -> CommitResult {
    try db.cachedStatement(sql: "INSERT OR IGNORE INTO task (id, specification) VALUES (?, ?)")
      .execute(arguments: [commit.task.data, Data(commit.specification)])
    if let attempt = commit.attempt {
      try db.cachedStatement(sql: "INSERT OR IGNORE INTO attempt (task, digest, bytes) VALUES (?, ?, ?)")
        .execute(arguments: [commit.task.data, Digest(of: attempt).data, Data(attempt)])
    }
    try db.cachedStatement(sql: "DELETE FROM failure WHERE task = ?").execute(arguments: [commit.task.data])
    let outcome = Digest(of: commit.outcome)
    let known = try Data.fetchAll(
      db.cachedStatement(sql: "SELECT digest FROM outcome WHERE task = ?"), arguments: [commit.task.data])
    guard !known.contains(outcome.data) else { return .alreadyKnown }
    let objects = Set(commit.objects).sorted().flatMap(\.bytes)
    try db.cachedStatement(sql: "INSERT INTO outcome (task, digest, bytes, objects, seal) VALUES (?, ?, ?, ?, ?)")
      .execute(arguments: [
        commit.task.data, outcome.data, Data(commit.outcome), Data(objects),
        Schema.seal(task: commit.task, outcome: outcome, objects: objects).data,
      ])
    return known.isEmpty ? .stored : .variant
  }

  /// The outcome of `task`: of several variants the one with the lowest digest, so that reports do not depend on which
  /// came first. Verified; throws `damagedRecord`.
  package func outcome(of task: TaskID) throws -> (digest: Digest, bytes: [UInt8])? { try outcomes(of: [task])[task] }

  /// ``outcome(of:)`` of many tasks; tasks without one are absent.
  package func outcomes(of tasks: [TaskID]) throws -> [TaskID: (digest: Digest, bytes: [UInt8])] {
    try reading { db in
      let statement = try db.cachedStatement(
        sql: "SELECT digest, bytes FROM outcome WHERE task = ? ORDER BY digest LIMIT 1")
      var outcomes: [TaskID: (digest: Digest, bytes: [UInt8])] = [:]
      for task in tasks {
        guard let row = try Row.fetchOne(statement, arguments: [task.data]) else { continue }
        outcomes[task] = try verified(task, digest: row.data(0), bytes: row.data(1))
      }
      return outcomes
    }
  }

  /// All outcomes of `task`, sorted by digest. Throws `damagedRecord`.
  package func variants(of task: TaskID) throws -> [OutcomeRecord] {
    try reading { db in
      try Row.fetchAll(
        db.cachedStatement(sql: "SELECT digest, bytes, objects FROM outcome WHERE task = ? ORDER BY digest"),
        arguments: [task.data]
      ).map { row in
        let outcome = try verified(task, digest: row.data(0), bytes: row.data(1))
        return OutcomeRecord(
          task: task, digest: outcome.digest, bytes: outcome.bytes, objects: Digest.list(try row.data(2)))
      }
    }
  }

  /// Those of `tasks` that have an outcome.
  package func finished(among tasks: [TaskID]) throws -> Set<TaskID> {
    try reading { db in
      let statement = try db.cachedStatement(sql: "SELECT 1 FROM outcome WHERE task = ? LIMIT 1")
      return Set(try tasks.filter { try Int.fetchOne(statement, arguments: [$0.data]) != nil })
    }
  }

  /// Every task that has an outcome, sorted.
  package func tasks() throws -> [TaskID] {
    try reading { db in
      try Data.fetchAll(db, sql: "SELECT DISTINCT task FROM outcome ORDER BY task").compactMap {
        Digest($0).map(TaskID.init)
      }
    }
  }

  /// The canonical JSON of a task that has an outcome here. Verified; throws `damagedRecord`.
  package func specification(of task: TaskID) throws -> [UInt8]? {
    let found = try reading { db in
      try Data.fetchOne(db.cachedStatement(sql: "SELECT specification FROM task WHERE id = ?"), arguments: [task.data])
    }
    guard let bytes = found.map({ [UInt8]($0) }) else { return nil }
    guard Digest(of: bytes) == task.digest else { throw StoreError.damagedRecord(task, what: Self.specificationDamage) }
    return bytes
  }

  /// The attempts of `task` as they were committed, sorted by digest.
  package func attempts(of task: TaskID) throws -> [[UInt8]] {
    try reading { db in
      try Data.fetchAll(
        db.cachedStatement(sql: "SELECT bytes FROM attempt WHERE task = ? ORDER BY digest"), arguments: [task.data]
      ).map { [UInt8]($0) }
    }
  }

  /// The attempts of each of `tasks` that has any.
  package func attempts(of tasks: [TaskID]) throws -> [TaskID: [[UInt8]]] {
    try reading { db in
      let statement = try db.cachedStatement(sql: "SELECT bytes FROM attempt WHERE task = ? ORDER BY digest")
      return try tasks.reduce(into: [:]) { found, task in
        let attempts = try Data.fetchAll(statement, arguments: [task.data]).map { [UInt8]($0) }
        if !attempts.isEmpty { found[task] = attempts }
      }
    }
  }

  static let specificationDamage = "its specification does not have the task's digest"
  static let outcomeDamage = "its outcome does not have the digest it is named by"

  private func verified(_ task: TaskID, digest: Data, bytes: Data) throws -> (digest: Digest, bytes: [UInt8]) {
    let content = [UInt8](bytes)
    guard let digest = Digest(digest), Digest(of: content) == digest else {
      throw StoreError.damagedRecord(task, what: Self.outcomeDamage)
    }
    return (digest, content)
  }
}
