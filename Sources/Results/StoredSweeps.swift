package import Core
package import ObjectStore
package import Sweeps

/// A sweep of a store, as it was planned.
package struct StoredSweep: Sendable {
  package let id: Digest
  package let name: String
  package let table: TrialTable
  /// Digests of the raw files that it was planned on, by name.
  package let sources: [String: Digest]
}

/// A sweep of a store of which nothing can be said, and why.
package struct UnreadableSweep: Sendable {
  package let id: Digest
  package let name: String
  package let reason: ConfigurationError
}

/// What whoever reads results must be told by the tables, which a store does not hold.
package struct ResultsGuide: Sendable {
  /// What reports say of a sweep.
  package let tables: @Sendable (Sweep) throws -> SweepWording
  /// The trial table of a sweep that a store of the first release holds without one; nil when it cannot be told.
  package let firstRelease: @Sendable (Store, Sweep) throws -> TrialTable?

  package init(
    tables: @escaping @Sendable (Sweep) throws -> SweepWording,
    firstRelease: @escaping @Sendable (Store, Sweep) throws -> TrialTable?
  ) {
    self.tables = tables
    self.firstRelease = firstRelease
  }
}

/// The sweeps of a store, with what their trials found: all that reports and tables read. Nothing here plans.
package struct StoredSweeps {
  private let store: Store
  private let guide: ResultsGuide

  package init(_ store: Store, guide: ResultsGuide) {
    self.store = store
    self.guide = guide
  }

  /// Every sweep of this store, oldest first. One that only measures a cluster has no trials and is left out.
  ///
  /// - Parameters:
  ///   - unreadable: hears of each sweep that is left out because it cannot be read; the others do not suffer for it.
  package func all(unreadable: (UnreadableSweep) throws -> Void) throws -> [StoredSweep] {
    try store.sweeps().compactMap { summary in
      do {
        return try load(summary)
      } catch let error as ConfigurationError {
        try unreadable(UnreadableSweep(id: summary.id, name: summary.name, reason: error))
        return nil
      }
    }
  }

  /// The sweep of that name, the newest of several, or whose id starts with `text`; the newest of all when nil. Throws a
  /// ``ConfigurationError`` when there is none, or several.
  package func sweep(_ text: String?) throws -> StoredSweep {
    let summaries = try store.sweeps()
    guard let text else {
      for summary in summaries.reversed() { if let sweep = try load(summary) { return sweep } }
      throw ConfigurationError(
        place: "store", problem: "no sweep was ever run with this store; start one with `winnow run`")
    }
    let found = try store.sweeps(called: text)
    guard let summary = found.first, found.count == 1, let sweep = try load(summary) else {
      let known = (found.isEmpty ? summaries : found).suffix(20).map { "\($0.id.short) (\($0.name))" }
      let problem =
        found.isEmpty ? "no sweep has the name or id “\(text)”; this store has " : "“\(text)” may be one of "
      throw ConfigurationError(place: "sweep", problem: problem + known.joined(separator: ", "))
    }
    return sweep
  }

  private func load(_ summary: SweepSummary) throws -> StoredSweep? {
    let place = "sweep \(summary.id.short) of the store"
    guard let record = try store.sweepRecord(summary.id) else { return nil }
    let json = try JSONValue.parse(record.json, source: place)
    guard json["nothing"] == nil else { return nil }
    let sources = (json["sources"]?.members ?? [:]).compactMapValues { $0.text.flatMap { Digest($0) } }
    let table: TrialTable
    if let bytes = try store.trialTable(of: summary.id) {
      table = try TrialTable(bytes: bytes, place: place)
    } else {
      let sweep = try Sweep(json: json["sweep"] ?? [:], place: place)
      guard let found = try guide.firstRelease(store, sweep) else {
        throw ConfigurationError(
          place: place,
          problem:
            "the store does not say which tasks belong to it; run it again to see its results, or name another sweep (`winnow store ls`)"
        )
      }
      table = found
    }
    return StoredSweep(id: summary.id, name: summary.name, table: table, sources: sources)
  }

  /// Finished trials of one sweep, or of every sweep when `sweep` is nil; each trial once, in the order of the grids. A
  /// trial that two sweeps measured on different sets appears once for each. `unreadable` is as in ``all(unreadable:)``.
  package func results(
    sweep: String?, unreadable: (UnreadableSweep) throws -> Void
  ) throws -> [TrialResult] {
    let sweeps = try sweep.map { [try self.sweep($0)] } ?? all(unreadable: unreadable)
    struct Measured: Hashable {
      let point: TrialPoint
      let outcome: Digest
      let measures: [String: Digest]
    }
    var seen: Set<Measured> = []
    return try sweeps.flatMap { try results(of: $0) }.filter {
      seen.insert(Measured(point: $0.point, outcome: $0.outcome, measures: $0.measures)).inserted
    }
  }

  /// How many of a sweep's trials have an outcome. Trials that several data sets share have one task, and count in each.
  package func finishedTrials(of sweep: StoredSweep) throws -> Int {
    let finished = try store.finished(among: sweep.table.rows.map(\.task))
    return sweep.table.rows.count { finished.contains($0.task) }
  }

  /// Finished trials of `sweep`, in the order of its grid, with the metrics of their measure tasks.
  ///
  /// A trial is finished when its measure tasks are, so that every row has every metric and rows can be compared. One
  /// whose measure task failed is shown without that metric: the failure is listed, and what was paid for is not hidden.
  package func results(of sweep: StoredSweep) throws -> [TrialResult] {
    let rows = sweep.table.rows
    let outcomes = try store.outcomes(of: rows.map(\.task))
    let measured = try store.outcomes(of: rows.flatMap(\.measures.values))
    let failed = Set(try store.failures().map(\.task))
    // What waits for a part that failed will not be measured either.
    let isBlocked = !failed.isDisjoint(with: sweep.table.partTasks)
    let origin = TrialOrigin(sweep: sweep.id, request: sweep.table.sweep)
    return try rows.compactMap { row in
      guard let stored = outcomes[row.task] else { return nil }
      guard row.measures.values.allSatisfy({ measured[$0] != nil || failed.contains($0) || isBlocked }) else {
        return nil
      }
      let place = "outcome of \(row.point.label)"
      var values = try TrialValues(json: try Outcome(bytes: stored.bytes, place: place).values, place: place)
      for (name, task) in row.measures.sorted(by: { $0.key < $1.key }) {
        guard let stored = measured[task] else { continue }
        values.add(try Outcome(bytes: stored.bytes, place: "\(name) of \(row.point.label)").values, measuredOn: name)
      }
      return TrialResult(
        point: row.point, task: row.task, outcome: stored.digest, values: values,
        measures: row.measures.compactMapValues { measured[$0]?.digest }, origin: origin)
    }
  }

  /// All that tables and comparisons say of one sweep, the newest sweep when `sweep` is nil.
  ///
  /// - Parameters:
  ///   - withPictures: whether to read what a page shows beside numbers: pictures, and the names of all objects.
  package func reportInput(
    sweep: String?, withPictures: Bool = false
  ) throws -> ReportInput {
    let stored = try self.sweep(sweep)
    let results = try results(of: stored)
    let poolFacts = try poolFacts(of: stored)
    let guided = try guide.tables(stored.table.sweep)
    let attempts = try attempts(of: stored)
    return ReportInput(
      sweep: stored.table.sweep, metrics: guided.metrics, strategies: guided.strategies, results: results,
      expectedTrials: stored.table.rows.count,
      failures: try failures(of: stored), incidents: try incidents(of: stored), poolFacts: poolFacts,
      reference: guided.reference, field: guided.field,
      pools: guided.pools, origins: guided.origins, bought: try bought(by: results),
      stated: try stated(by: results, guided.origins), words: guided.words,
      provenance: try provenance(of: stored, attempts), effort: SweepEffort(attempts),
      pictures: withPictures ? try StoredPictures(store, poolFacts: poolFacts).grids(of: results) : [],
      objects: withPictures ? try objects(of: results) : [:])
  }

  /// How many samples of each pool every mix bought, by its task.
  private func bought(by results: [TrialResult]) throws -> [TaskID: [String: Int]] {
    let subsets = StoredSubsets(store)
    let mixes = results.filter { $0.point.strategy.isMix }
    return try mixes.reduce(into: [:]) { $0[$1.task] = try subsets.counts(of: $1) }
  }

  /// What the samples that each trial bought say of themselves, where pools have such samples.
  private func stated(
    by results: [TrialResult], _ origins: [String: Provenance]
  ) throws -> [TaskID: [String: OriginCounts]] {
    let subsets = StoredSubsets(store)
    return try results.reduce(into: [:]) { stated, result in
      let counts = try subsets.stated(of: result, origins: origins)
      if !counts.isEmpty { stated[result.task] = counts }
    }
  }

  private func objects(of results: [TrialResult]) throws -> [TaskID: [String: Digest]] {
    try store.outcomes(of: results.map(\.task)).mapValues { stored in
      try Outcome(bytes: stored.bytes, place: "outcome").objects.mapValues(\.digest)
    }
  }

  /// Tasks of the sweep of which somebody handed in another result than the one kept.
  private func incidents(of sweep: StoredSweep) throws -> ReportInput.Incidents {
    let disputes = try store.disputes()
    guard !disputes.isEmpty else { return ReportInput.Incidents() }
    let tasks = sweep.table.labels()
    return ReportInput.Incidents(disputes.filter { tasks[$0.task] != nil })
  }

  private func failures(of sweep: StoredSweep) throws -> [ReportInput.Failure] {
    let failures = try store.failures()
    guard !failures.isEmpty else { return [] }
    let labels = sweep.table.labels()
    return failures.compactMap { failure in
      guard let label = labels[failure.task] else { return nil }
      let report = TaskFailureReport(bytes: failure.report, of: failure.task)
      return ReportInput.Failure(label: label, cause: report.cause)
    }
  }

  /// What is known of each part; of several data sets, the first's.
  private func poolFacts(of sweep: StoredSweep) throws -> [String: PartFacts] {
    let parts = sweep.table.parts[0]
    let outcomes = try store.outcomes(of: parts.values.sorted())
    return try parts.reduce(into: [:]) { facts, part in
      guard let stored = outcomes[part.value] else { return }
      let place = "outcome of part \(part.key)"
      facts[part.key] = try PartFacts.read(
        values: try Outcome(bytes: stored.bytes, place: place).values, place: place)
    }
  }

  private func attempts(of sweep: StoredSweep) throws -> [TaskID: [JSONValue]] {
    let tasks = sweep.table.partTasks.union(
      sweep.table.rows.flatMap { [$0.task] + ($0.scores.map { [$0] } ?? []) + $0.measures.values })
    return try store.attempts(of: tasks.sorted()).mapValues { attempts in
      attempts.compactMap { try? JSONValue.parse($0, source: "attempt") }
    }
  }

  private func provenance(of sweep: StoredSweep, _ attempts: [TaskID: [JSONValue]]) throws -> [ReportInput.Fact] {
    let cores = attempts.values.flatMap { $0 }.compactMap { $0["blasCore"]?.text }
    return [
      .program(version: Version.current), .storeFormat(Store.formatVersion), .sweep(sweep.id),
      .kernels(Set(cores).sorted()),
    ] + sweep.sources.sorted { $0.key < $1.key }.map { .source(name: $0.key, $0.value) }
  }
}
