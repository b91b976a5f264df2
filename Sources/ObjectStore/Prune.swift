import Core
import Foundation
import GRDB

extension Store {
  /// Deletes objects to which nothing refers and that are older than `graceSeconds`, and pieces of objects that old.
  ///
  /// Whatever a record, a failure or a sweep mentions, as an object or as 64 hexadecimal digits in its text, stays.
  package func prune(graceSeconds: Int = 14 * 86_400, dryRun: Bool = true) throws -> PruneReport {
    try requireWriter()
    let newest = FileSystem.now - graceSeconds
    let reachable = try reading { try referenced($0) }
    let candidates = try reading { try smallObjects($0) } + largeObjects()
    var report = PruneReport()
    var deleted: [Digest] = []
    for (digest, size, stored) in candidates.sorted(by: { $0.digest < $1.digest }) where !reachable.contains(digest) {
      guard stored <= newest else {
        report.spared += 1
        continue
      }
      report.objects.append(digest)
      report.bytes += size
      deleted.append(digest)
    }
    guard !dryRun else { return report }
    try delete(deleted)
    for name in try FileSystem.list(layout.staging) where name.hasSuffix(".incoming") {
      let path = "\(layout.staging)/\(name)"
      if let status = FileSystem.status(path), status.modified <= newest { try FileSystem.remove(path) }
    }
    return report
  }

  func delete(_ digests: [Digest]) throws {
    for digest in digests { try FileSystem.remove(layout.file(of: digest)) }
    guard !digests.isEmpty else { return }
    try writing { db in
      for digest in digests { try db.execute(sql: "DELETE FROM object WHERE digest = ?", arguments: [digest.data]) }
    }
  }

  /// An object, its size and when it was stored.
  private typealias Candidate = (digest: Digest, size: Int, stored: Int)

  private func smallObjects(_ db: Database) throws -> [Candidate] {
    try Row.fetchAll(db, sql: "SELECT digest, length(bytes), added FROM object").compactMap { row in
      try Digest(row.data(0)).map { ($0, try row.integer(1), try row.integer(2)) }
    }
  }

  private func largeObjects() throws -> [Candidate] {
    var candidates: [Candidate] = []
    for (digest, path) in try layout.objectFiles() {
      if let digest, let status = FileSystem.status(path) { candidates.append((digest, status.size, status.modified)) }
    }
    return candidates
  }

  private func referenced(_ db: Database) throws -> Set<Digest> {
    var reachable: Set<Digest> = []
    let lists = try Data.fetchCursor(db, sql: "SELECT objects FROM outcome")
    while let list = try lists.next() { reachable.formUnion(Digest.list(list)) }
    let texts = try Data.fetchCursor(
      db,
      sql: """
        SELECT specification FROM task UNION ALL SELECT bytes FROM outcome UNION ALL SELECT bytes FROM attempt
        UNION ALL SELECT specification FROM failure UNION ALL SELECT report FROM failure UNION ALL SELECT json FROM sweep
        """)
    while let text = try texts.next() { reachable.formUnion(Self.mentions(in: [UInt8](text))) }
    return reachable
  }

  /// Every run of exactly 64 lower-case hexadecimal digits.
  static func mentions(in text: [UInt8]) -> [Digest] {
    text.split { !(0x30...0x39).contains($0) && !(0x61...0x66).contains($0) }
      .filter { $0.count == 64 }.compactMap { Digest(String(decoding: $0, as: UTF8.self)) }
  }
}
