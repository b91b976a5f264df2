import Core
import Foundation
import GRDB

extension Store {
  /// Recomputes every digest and follows every reference; names each thing that is bad. Safe beside a writer.
  /// `progress` is told objects done and objects in all.
  package func check(progress: (Int, Int) -> Void = { _, _ in }) throws -> CheckReport {
    // Before the database: commits in between may only put that ahead.
    let outside = outsideAtOpening ?? SealFile.read(layout)
    var checker = Checker(layout: layout, outside: outside)
    do {
      try reading { try checker.checkDatabase($0) }
    } catch StoreError.database(_, let reason) {
      checker.report.problems.append(.database(reason))
    }
    try checker.checkFiles(progress: progress)
    checker.checkReferences()
    checker.report.problems += checker.incomplete.map(Problem.incomplete)
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
  private var sources: [Source] = []
  private var absent: Set<Digest> = []
  private var released: Set<Digest> = []
  private let outside: SealFile.Content
  /// What the seals have to say.
  private(set) var incomplete: [String] = []

  /// A file that a sweep was submitted with.
  private struct Source {
    let digest: Digest
    let name: String
    let sweepName: String
    let sweep: Digest
  }

  init(layout: Layout, outside: SealFile.Content) {
    self.layout = layout
    self.outside = outside
  }

  mutating func checkDatabase(_ db: Database) throws {
    for message in try String.fetchAll(db, sql: "PRAGMA integrity_check(20)") where message != "ok" {
      report.problems.append(.database(message))
    }
    try checkSmallObjects(db)
    try checkTasks(db)
    try checkOutcomes(db)
    try checkOthers(db)
    try checkSeal(db)
  }

  private mutating func checkSeal(_ db: Database) throws {
    guard try db.tableExists("seal") else {
      if let seal = outside.seal, seal.number > 0 {
        incomplete.append(
          "winnow.sqlite has no seal, but the file seal tells of \(seal.number) commits: it is an older copy")
      }
      return
    }
    incomplete += try String.fetchAll(db, sql: "SELECT text FROM loss ORDER BY position")
    incomplete += try Sealing.damage(db, outside: outside).map { [$0] } ?? []
    guard let inside = try Sealing.stored(db) else { return }
    if let difference = inside.difference(from: try Sealing.count(db)) {
      incomplete.append("winnow.sqlite was changed by something else than Winnow: \(difference)")
    }
    guard let outside = outside.seal, outside.number >= inside.number, outside != inside else { return }
    let difference = outside.difference(from: inside.tallies) ?? "what they changed is gone"
    incomplete.append(StoreLoss.commits(outside: outside.number, inside: inside.number, difference))
  }

  private mutating func checkSmallObjects(_ db: Database) throws {
    // In the order of the disk: by digest every row would be a jump.
    let rows = try Row.fetchCursor(db, sql: "SELECT digest, bytes FROM object ORDER BY rowid")
    while let row = try rows.next() {
      let name = try row.data(0)
      let bytes = [UInt8](try row.data(1))
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
      guard let task = Digest(try row.data(0)).map(TaskID.init) else {
        report.problems.append(.damagedEntry("a task in winnow.sqlite has a name that is no digest"))
        continue
      }
      known.insert(task)
      if Digest(of: [UInt8](try row.data(1))) != task.digest {
        report.problems.append(.damagedRecord(task, what: Store.specificationDamage))
      }
    }
  }

  private mutating func checkOutcomes(_ db: Database) throws {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT task, digest, bytes, objects, seal FROM outcome ORDER BY rowid")
    while let row = try rows.next() {
      report.outcomes += 1
      guard let task = Digest(try row.data(0)).map(TaskID.init), known.contains(task) else {
        report.problems.append(.damagedEntry("an outcome in winnow.sqlite belongs to no recorded task"))
        continue
      }
      let objects = try row.data(3)
      guard let digest = Digest(try row.data(1)), Digest(of: [UInt8](try row.data(2))) == digest else {
        report.problems.append(.damagedRecord(task, what: Store.outcomeDamage))
        continue
      }
      guard Digest(try row.data(4)) == Schema.seal(task: task, outcome: digest, objects: [UInt8](objects)) else {
        report.problems.append(.damagedRecord(task, what: "the list of its objects was changed"))
        continue
      }
      for object in Digest.list(objects) { needed[object, default: []].append(task) }
    }
  }

  private mutating func checkOthers(_ db: Database) throws {
    for row in try Row.fetchAll(db, sql: "SELECT task, digest, bytes FROM attempt ORDER BY task, digest") {
      let name = try row.data(0)
      let fits = try Digest(row.data(1)) == Digest(of: [UInt8](row.data(2)))
      guard fits, let task = Digest(name).map(TaskID.init), known.contains(task) else {
        report.problems.append(.damagedEntry("an attempt of task \(Self.name(name)) does not fit its name"))
        continue
      }
    }
    try checkSweeps(db)
    try checkIncidents(db)
    for row in try Row.fetchAll(db, sql: "SELECT task, specification FROM failure ORDER BY task") {
      let name = try row.data(0)
      if try Digest(name) != Digest(of: [UInt8](row.data(1))) {
        report.problems.append(
          .damagedEntry("the failure of task \(Self.name(name)) does not fit its specification"))
      }
    }
  }

  private mutating func checkIncidents(_ db: Database) throws {
    guard try db.tableExists("incident") else { return }
    let rows = try Row.fetchCursor(db, sql: "SELECT task, digest, bytes FROM incident ORDER BY position")
    while let row = try rows.next() {
      let fits = try Digest(row.data(1)) == Digest(of: [UInt8](row.data(2)))
      let name = Self.name(try row.data(0))
      if !fits { report.problems.append(.damagedEntry("an incident of task \(name) does not fit its name")) }
    }
  }

  private mutating func checkSweeps(_ db: Database) throws {
    if try db.tableExists("absent") {
      absent = Set(try Data.fetchAll(db, sql: "SELECT digest FROM absent").compactMap { Digest($0) })
    }
    released = try Store.released(db)
    let rows = try Row.fetchCursor(db, sql: "SELECT * FROM sweep ORDER BY position")
    while let row = try rows.next() {
      let id = try row.data("id")
      let json = [UInt8](try row.data("json"))
      noteSources(of: id, name: try row.decode(String.self, forColumn: "name"), json)
      if Digest(id) != Digest(of: json) {
        report.problems.append(.damagedEntry("sweep \(Self.name(id)) does not have the digest it is named by"))
      } else if !Store.hasSoundTrialTable(row) {
        report.problems.append(.damagedEntry("the trial table of sweep \(Self.name(id)) was changed"))
      }
    }
  }

  private mutating func noteSources(of id: Data, name sweepName: String, _ json: [UInt8]) {
    guard let sweep = Digest(id), let record = try? JSONValue.parse(json, source: "a sweep") else { return }
    for (name, digest) in (record["sources"]?.members ?? [:]).sorted(by: { $0.key < $1.key }) {
      guard let digest = digest.text.flatMap({ Digest($0) }) else { continue }
      sources.append(Source(digest: digest, name: name, sweepName: sweepName, sweep: sweep))
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
      guard !released.contains(digest) else {
        report.released += 1
        continue
      }
      report.problems.append(.missingObject(digest, neededBy: Array(Set(tasks)).sorted()))
    }
    for source in sources where !whole.contains(source.digest) && !damaged.contains(source.digest) {
      let problem = Problem.missingSource(
        source.digest, name: source.name, sweepName: source.sweepName, sweep: source.sweep)
      if absent.contains(source.digest) {
        report.knownLosses.append("\(problem)")
      } else {
        report.problems.append(problem)
      }
    }
  }
}
