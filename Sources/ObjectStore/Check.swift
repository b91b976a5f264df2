import Core
import Foundation
import GRDB

extension Store {
  /// Recomputes every digest and follows every reference; names each thing that is bad. Safe beside a writer.
  /// `progress` is told objects done and objects in all.
  package func check(progress: (Int, Int) -> Void = { _, _ in }) throws -> CheckReport {
    var checker = Checker(layout: layout)
    do {
      try reading { try checker.checkDatabase($0) }
    } catch StoreError.database(_, let reason) {
      checker.report.problems.append(.database(reason))
    }
    try checker.checkFiles(progress: progress)
    checker.checkReferences()
    return checker.report
  }
}

/// Walks a store once: records and small objects in one snapshot, then the files, then what refers to what.
private struct Checker {
  let layout: Layout
  var report = CheckReport()
  private var whole: Set<Digest> = []
  private var damaged: Set<Digest> = []
  private var needed: [Digest: [TaskID]] = [:]
  private var known: Set<TaskID> = []

  init(layout: Layout) { self.layout = layout }

  mutating func checkDatabase(_ db: Database) throws {
    for message in try String.fetchAll(db, sql: "PRAGMA integrity_check(20)") where message != "ok" {
      report.problems.append(.database(message))
    }
    try checkSmallObjects(db)
    try checkTasks(db)
    try checkOutcomes(db)
    try checkOthers(db)
  }

  private mutating func checkSmallObjects(_ db: Database) throws {
    // In the order of the disk: by digest every row would be a jump.
    let rows = try Row.fetchCursor(db, sql: "SELECT digest, bytes FROM object ORDER BY rowid")
    while let row = try rows.next() {
      let name: Data = row[0]
      let bytes = [UInt8](row[1] as Data)
      report.objects += 1
      report.bytes += bytes.count
      guard let digest = Digest(name) else {
        report.problems.append(.damagedEntry("an object in winnow.sqlite has a name of \(name.count) bytes"))
        continue
      }
      note(digest, isWhole: Digest(of: bytes) == digest, place: layout.database)
    }
  }

  private mutating func note(_ digest: Digest, isWhole: Bool, place: String) {
    if isWhole {
      whole.insert(digest)
    } else {
      damaged.insert(digest)
      report.problems.append(.damagedObject(digest, place: place))
    }
  }

  private mutating func checkTasks(_ db: Database) throws {
    let rows = try Row.fetchCursor(db, sql: "SELECT id, specification FROM task ORDER BY rowid")
    while let row = try rows.next() {
      guard let task = Digest(row[0] as Data).map(TaskID.init) else {
        report.problems.append(.damagedEntry("a task in winnow.sqlite has a name that is no digest"))
        continue
      }
      known.insert(task)
      if Digest(of: [UInt8](row[1] as Data)) != task.digest {
        report.problems.append(.damagedRecord(task, what: Store.specificationDamage))
      }
    }
  }

  private mutating func checkOutcomes(_ db: Database) throws {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT task, digest, bytes, objects, seal FROM outcome ORDER BY rowid")
    while let row = try rows.next() {
      report.outcomes += 1
      guard let task = Digest(row[0] as Data).map(TaskID.init), known.contains(task) else {
        report.problems.append(.damagedEntry("an outcome in winnow.sqlite belongs to no recorded task"))
        continue
      }
      let objects: Data = row[3]
      guard let digest = Digest(row[1] as Data), Digest(of: [UInt8](row[2] as Data)) == digest else {
        report.problems.append(.damagedRecord(task, what: Store.outcomeDamage))
        continue
      }
      guard Digest(row[4] as Data) == Schema.seal(task: task, outcome: digest, objects: [UInt8](objects)) else {
        report.problems.append(.damagedRecord(task, what: "the list of its objects was changed"))
        continue
      }
      for object in Digest.list(objects) { needed[object, default: []].append(task) }
    }
  }

  private mutating func checkOthers(_ db: Database) throws {
    for row in try Row.fetchAll(db, sql: "SELECT task, digest, bytes FROM attempt ORDER BY task, digest") {
      guard let task = Digest(row[0] as Data).map(TaskID.init), known.contains(task),
        Digest(row[1] as Data) == Digest(of: [UInt8](row[2] as Data))
      else {
        report.problems.append(.damagedEntry("an attempt of task \(Self.name(row[0])) does not fit its name"))
        continue
      }
    }
    try checkSweeps(db)
    try checkIncidents(db)
    for row in try Row.fetchAll(db, sql: "SELECT task, specification FROM failure ORDER BY task")
    where Digest(row[0] as Data) != Digest(of: [UInt8](row[1] as Data)) {
      report.problems.append(.damagedEntry("the failure of task \(Self.name(row[0])) does not fit its specification"))
    }
  }

  private mutating func checkIncidents(_ db: Database) throws {
    guard try db.tableExists("incident") else { return }
    let rows = try Row.fetchCursor(db, sql: "SELECT task, digest, bytes FROM incident ORDER BY position")
    while let row = try rows.next() {
      guard Digest(row[1] as Data) != Digest(of: [UInt8](row[2] as Data)) else { continue }
      report.problems.append(.damagedEntry("an incident of task \(Self.name(row[0])) does not fit its name"))
    }
  }

  private mutating func checkSweeps(_ db: Database) throws {
    let rows = try Row.fetchCursor(db, sql: "SELECT * FROM sweep ORDER BY position")
    while let row = try rows.next() {
      let id: Data = row["id"]
      if Digest(id) != Digest(of: [UInt8](row["json"] as Data)) {
        report.problems.append(.damagedEntry("sweep \(Self.name(id)) does not have the digest it is named by"))
      } else if !Store.hasSoundTrialTable(row) {
        report.problems.append(.damagedEntry("the trial table of sweep \(Self.name(id)) was changed"))
      }
    }
  }

  private static func name(_ data: Data) -> String { String(Hexadecimal.encode([UInt8](data)).prefix(12)) }

  mutating func checkFiles(progress: (Int, Int) -> Void) throws {
    let files = try layout.objectFiles()
    let total = report.objects + files.count
    progress(report.objects, total)
    for (digest, path) in files {
      guard let digest, FileSystem.status(path) != nil else {
        report.problems.append(.strayFile(path))
        continue
      }
      report.objects += 1
      do {
        let found = try OpenFile.reading(path).digest()
        report.bytes += found.size
        note(digest, isWhole: found.digest == digest, place: path)
      } catch StoreError.system(_, _, let reason) {
        damaged.insert(digest)
        report.problems.append(.damagedObject(digest, place: "\(path): \(reason)"))
      }
      progress(report.objects, total)
    }
  }

  mutating func checkReferences() {
    for (digest, tasks) in needed.sorted(by: { $0.key < $1.key })
    where !whole.contains(digest) && !damaged.contains(digest) {
      report.problems.append(.missingObject(digest, neededBy: Array(Set(tasks)).sorted()))
    }
  }
}
