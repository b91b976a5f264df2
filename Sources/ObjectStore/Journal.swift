package import Core
import Foundation
import GRDB

extension Store {
  /// Records that `task` was given up, unless it has an outcome; replaces its earlier failure.
  package func saveFailure(_ failure: FailureRecord) throws {
    try writing { db in
      try insertFailure(failure, db) { _, new in new }
    }
  }

  /// ``saveFailure(_:)`` of many, in one transaction.
  package func saveFailures(_ failures: [FailureRecord]) throws {
    guard !failures.isEmpty else { return }
    try writing { db in
      for failure in failures { try insertFailure(failure, db) { _, new in new } }
    }
  }

  /// `choose` picks between the report that is here and the new one.
  func insertFailure(_ failure: FailureRecord, _ db: Database, choose: ([UInt8], [UInt8]) -> [UInt8]) throws {
    guard try Int.fetchOne(db, sql: "SELECT 1 FROM outcome WHERE task = ?", arguments: [failure.task.data]) == nil
    else {
      return
    }
    let known = try Data.fetchOne(db, sql: "SELECT report FROM failure WHERE task = ?", arguments: [failure.task.data])
    let report = known.map { choose([UInt8]($0), failure.report) } ?? failure.report
    try db.execute(
      sql: "INSERT OR REPLACE INTO failure (task, specification, report) VALUES (?, ?, ?)",
      arguments: [failure.task.data, Data(failure.specification), Data(report)])
  }

  /// All tasks that were given up, sorted by task.
  package func failures() throws -> [FailureRecord] {
    try reading { db in
      try Row.fetchAll(db, sql: "SELECT task, specification, report FROM failure ORDER BY task").compactMap { row in
        try Digest(row.data(0)).map {
          FailureRecord(task: TaskID($0), specification: [UInt8](try row.data(1)), report: [UInt8](try row.data(2)))
        }
      }
    }
  }

  /// Forgets failures, so that the tasks are tried again; nil forgets all. Returns how many there were.
  @discardableResult package func clearFailures(of tasks: [TaskID]?) throws -> Int {
    try writing { db in
      guard let tasks else {
        try db.execute(sql: "DELETE FROM failure")
        return db.changesCount
      }
      return try tasks.reduce(0) { count, task in
        try db.execute(sql: "DELETE FROM failure WHERE task = ?", arguments: [task.data])
        return count + db.changesCount
      }
    }
  }

  /// Counts and sizes.
  package func statistics() throws -> StoreStatistics {
    var statistics = try reading { db in
      func count(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: sql) ?? 0 }
      var statistics = StoreStatistics()
      statistics.tasks = try count("SELECT count(DISTINCT task) FROM outcome")
      statistics.outcomes = try count("SELECT count(*) FROM outcome")
      statistics.tasksWithVariants = try count(
        "SELECT count(*) FROM (SELECT task FROM outcome GROUP BY task HAVING count(*) > 1)")
      statistics.attempts = try count("SELECT count(*) FROM attempt")
      statistics.failures = try count("SELECT count(*) FROM failure")
      statistics.sweeps = try count("SELECT count(*) FROM sweep")
      statistics.smallObjects = try count("SELECT count(*) FROM object")
      statistics.smallBytes = try count("SELECT coalesce(sum(length(bytes)), 0) FROM object")
      statistics.formatVersion = try count("SELECT version FROM format")
      return statistics
    }
    for (digest, path) in try layout.objectFiles() where digest != nil {
      statistics.largeObjects += 1
      statistics.largeBytes += FileSystem.status(path)?.size ?? 0
    }
    statistics.epoch = epoch
    return statistics
  }
}
