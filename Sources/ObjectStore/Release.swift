package import Core
import Foundation
import GRDB

/// What ``Store/release(_:madeBy:dryRun:)`` deleted, or would delete.
package struct ReleaseReport: Hashable, Sendable {
  package var objects = 0
  package var bytes = 0

  package init(objects: Int = 0, bytes: Int = 0) { (self.objects, self.bytes) = (objects, bytes) }
}

extension Store {
  /// Deletes the bytes of those of `objects` that outcomes of `tasks` name and no other outcome does. The outcomes stay, and
  /// from then on the store does not miss the bytes; they may come back when a task is computed again.
  package func release(
    _ objects: Set<Digest>, madeBy tasks: Set<TaskID>, dryRun: Bool
  ) throws -> ReleaseReport {
    try requireWriter()
    var report = ReleaseReport()
    let named = try reading { try Self.named(byOthersThan: tasks, $0) }
    var released: [Digest] = []
    for digest in objects.subtracting(named).sorted() {
      guard let size = try size(of: digest) else { continue }
      released.append(digest)
      report.objects += 1
      report.bytes += size
    }
    guard !dryRun, !released.isEmpty else { return report }
    // Before anything is gone: a crash in between leaves bytes that nobody needs, and nothing that is missed.
    try writing { db in
      let statement = try db.cachedStatement(sql: "INSERT OR IGNORE INTO released (digest) VALUES (?)")
      for digest in released { try statement.execute(arguments: [digest.data]) }
    }
    for digest in released { _ = verified.withLock { $0.remove(digest) } }
    try delete(released)
    return report
  }

  /// Those of `digests` whose bytes were released and are not here.
  package func released(among digests: [Digest]) throws -> Set<Digest> {
    let marked = try reading { try Self.released($0) }
    let asked = digests.filter(marked.contains)
    return asked.isEmpty ? [] : Set(asked).subtracting(try contains(asked))
  }

  /// Whether any bytes were ever released.
  package var hasReleases: Bool {
    get throws {
      try reading { db in
        guard try db.tableExists("released") else { return false }
        return try Int.fetchOne(db, sql: "SELECT 1 FROM released LIMIT 1") != nil
      }
    }
  }

  /// What another store has released need not be here either.
  func acceptReleases(of source: Store) throws {
    let releases = try source.reading { try Self.released($0) }
    guard !releases.isEmpty else { return }
    try writing { db in
      for digest in releases.sorted() {
        try db.execute(sql: "INSERT OR IGNORE INTO released (digest) VALUES (?)", arguments: [digest.data])
      }
    }
  }

  /// Every digest whose bytes were released once, whether they are here again or not.
  static func released(_ db: Database) throws -> Set<Digest> {
    guard try db.tableExists("released") else { return [] }
    return Set(try Data.fetchAll(db, sql: "SELECT digest FROM released").compactMap { Digest($0) })
  }

  private static func named(byOthersThan tasks: Set<TaskID>, _ db: Database) throws -> Set<Digest> {
    var named: Set<Digest> = []
    let rows = try Row.fetchCursor(db, sql: "SELECT task, objects FROM outcome")
    while let row = try rows.next() {
      if let task = try Digest(row.data(0)).map(TaskID.init), tasks.contains(task) { continue }
      named.formUnion(Digest.list(try row.data(1)))
    }
    return named
  }
}
