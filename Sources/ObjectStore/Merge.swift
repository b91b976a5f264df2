import Core
import Foundation

extension Store {
  /// Adds everything in the store `source` to the store `target`, which is created when it is absent.
  ///
  /// Union: the order of merges does not matter, and merging again changes nothing. Different outcomes of one task are
  /// all kept and listed. Every object and record is verified on the way. Throws `foreignFormat` before anything is
  /// changed, `damagedObject` or `damagedRecord` when the source is damaged; what was added by then stays, and is sound.
  package static func merge(from source: String, into target: String, owner: String) throws -> MergeReport {
    let from = try openForReading(at: source)
    guard realPath(source) != realPath(target) else {
      throw StoreError.wrongContent("\(source) cannot be merged into itself")
    }
    let into = try openForWriting(at: target, owner: owner)
    var report = MergeReport()
    try into.addObjects(of: from, &report)
    try into.acceptReleases(of: from)
    try into.addRecords(of: from, &report)
    try into.addJournal(of: from, &report)
    return report
  }

  private static func realPath(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
  }

  private func addObjects(of source: Store, _ report: inout MergeReport) throws {
    var waiting = 0
    for (digest, size) in try source.objects() where try !contains(digest) {
      try stage(try source.read(digest))
      report.objects += 1
      report.bytes += size
      waiting += size
      // A group is large enough to share its synchronisation and small enough for memory.
      if waiting > 8 << 20 {
        try flush()
        waiting = 0
      }
    }
    try flush()
  }

  private func addRecords(of source: Store, _ report: inout MergeReport) throws {
    let tasks = try source.tasks()
    let released = try source.reading { try Self.released($0) }
    for start in stride(from: 0, to: tasks.count, by: 500) {
      var commits: [Commit] = []
      for task in tasks[start..<min(start + 500, tasks.count)] {
        let known = Set(try attempts(of: task))
        let attempts = try source.attempts(of: task)
        report.attempts += attempts.filter { !known.contains($0) }.count
        commits += try source.commits(of: task, attempts: attempts)
      }
      for (commit, result) in zip(commits, try commit(commits, without: released)) where result != .alreadyKnown {
        report.outcomes += 1
        if result == .variant { try addConflict(commit.task, &report) }
      }
    }
  }

  /// Every outcome and every attempt of `task`, as commits; which attempt rides with which outcome means nothing.
  private func commits(of task: TaskID, attempts: [[UInt8]]) throws -> [Commit] {
    guard let specification = try specification(of: task) else {
      throw StoreError.damagedRecord(task, what: "its specification is missing")
    }
    let outcomes = try variants(of: task)
    return (0..<max(outcomes.count, attempts.count)).map { index in
      let outcome = outcomes[min(index, outcomes.count - 1)]
      return Commit(
        task: task, specification: specification, outcome: outcome.bytes, objects: outcome.objects,
        attempt: index < attempts.count ? attempts[index] : nil)
    }
  }

  private func addConflict(_ task: TaskID, _ report: inout MergeReport) throws {
    guard report.conflicts.last?.task != task else { return }
    report.conflicts.append(MergeReport.Conflict(task: task, outcomes: try variants(of: task).map(\.digest)))
  }

  private func addJournal(of source: Store, _ report: inout MergeReport) throws {
    let own = try sweeps()
    let known = Dictionary(uniqueKeysWithValues: own.map { ($0.id, $0.name) })
    let states = Dictionary(uniqueKeysWithValues: own.map { ($0.id, $0.state) })
    for sweep in try source.sweeps() where known[sweep.id].map({ sweep.name < $0 }) ?? true {
      guard let record = try source.sweepRecord(sweep.id) else { continue }
      // What is open there is another coordinator's business.
      let state = states[sweep.id] ?? .closed
      let copy = SweepRecord(id: record.id, name: record.name, state: state, json: record.json)
      let trialTable = try source.trialTable(of: sweep.id)
      try writing { try insertSweep(copy, trialTable: trialTable, $0) }
      report.sweeps += 1
    }
    let failed = try failures()
    let foreign = try source.failures()
    try writing { db in
      // Of two reports the same one must win whichever store is merged into the other.
      for failure in foreign { try insertFailure(failure, db) { $0.lexicographicallyPrecedes($1) ? $0 : $1 } }
    }
    try addIncidents(try source.incidents())
    report.failures = Set(try failures()).subtracting(failed).count
  }
}
