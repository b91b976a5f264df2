import Core
package import ObjectStore
package import Planning
package import Reporting
package import Sweeps

/// The sweeps of a store, with what their trials found: all that reports and tables read.
package struct StoredSweeps {
  private let store: Store

  package init(_ store: Store) { self.store = store }

  /// Every sweep planned in this store, oldest first.
  package func plans() throws -> [ExpandedSweep] {
    try store.sweeps().compactMap { entry in
      guard let record = try store.sweepRecord(entry.id) else { return nil }
      let place = "sweep \(entry.id.short) of the store"
      let json = try JSONValue.parse(record.json, source: place)
      // One that only measures a cluster has no trials.
      return json["nothing"] == nil ? try ExpandedSweep(json: json, place: place) : nil
    }
  }

  /// The sweep whose id starts with `prefix`, or the newest one of that name; the newest of all when nil. Throws when there
  /// is none, or several.
  package func plan(_ prefix: String?) throws -> ExpandedSweep {
    let plans = try plans()
    guard let newest = plans.last else {
      throw ConfigurationError(
        place: "store", problem: "no sweep was ever run with this store; start one with `winnow run`")
    }
    guard let prefix else { return newest }
    if let named = plans.last(where: { $0.sweep.name == prefix }) { return named }
    let found = plans.filter { $0.id.description.hasPrefix(prefix) }
    guard let plan = found.first, found.count == 1 else {
      let known = (found.isEmpty ? plans : found).suffix(20).map { "\($0.id.short) (\($0.sweep.name))" }
      let problem =
        found.isEmpty ? "no sweep has the name or id “\(prefix)”; this store has " : "“\(prefix)” may be one of "
      throw ConfigurationError(place: "sweep", problem: problem + known.joined(separator: ", "))
    }
    return plan
  }

  /// Finished trials of one sweep, or of every sweep when `sweep` is nil; each trial once, in the order of the grids. A
  /// trial that two sweeps measured on different sets appears once for each.
  package func results(sweep: String?) throws -> [TrialResult] {
    let plans = try sweep.map { [try plan($0)] } ?? plans()
    var seen: Set<TrialResult> = []
    return try plans.flatMap { try results(of: $0) }.filter { seen.insert($0).inserted }
  }

  /// Finished trials of `plan`, in the order of its grid, with the metrics of their measure tasks.
  ///
  /// A trial is finished when its measure tasks are, so that every row has every metric and rows can be compared. One
  /// whose measure task failed is shown without that metric: the failure is listed, and what was paid for is not hidden.
  package func results(of plan: ExpandedSweep) throws -> [TrialResult] {
    let outcomes = try store.outcomes(of: plan.graph.trials.map(\.task))
    let measured = try store.outcomes(of: plan.graph.trials.flatMap(\.measures.values))
    var failed = Set(try store.failures().map(\.task))
    // What waits for something that failed will not be measured either.
    for node in plan.graph.nodes where node.specification.inputs.values.contains(where: failed.contains) {
      failed.insert(node.id)
    }
    return try plan.graph.trials.compactMap { trial in
      guard let stored = outcomes[trial.task] else { return nil }
      guard trial.measures.values.allSatisfy({ measured[$0] != nil || failed.contains($0) }) else { return nil }
      let place = "outcome of \(trial.point.label)"
      var values = try TrialValues(json: try Outcome(bytes: stored.bytes, place: place).values, place: place)
      for (name, task) in trial.measures {
        guard let stored = measured[task] else { continue }
        values.add(try Outcome(bytes: stored.bytes, place: "\(name) of \(trial.point.label)").values, measuredOn: name)
      }
      return TrialResult(
        point: trial.point, task: trial.task, outcome: stored.digest, values: values,
        measures: trial.measures.compactMapValues { measured[$0]?.digest })
    }
  }

  /// All that tables and comparisons say of one sweep, the newest sweep when `sweep` is nil.
  ///
  /// - Parameters:
  ///   - weights: how much each utility counts; nil for equal weights over the headline utilities.
  ///   - withPictures: whether to read what a page shows beside numbers: pictures, and the names of all objects.
  package func reportInput(
    sweep: String?, weights: [String: Double]? = nil, withPictures: Bool = false
  ) throws -> ReportInput {
    let plan = try plan(sweep)
    let results = try results(of: plan)
    let poolFacts = try poolFacts(of: plan)
    return ReportInput(
      sweep: plan.sweep, results: results, expectedTrials: plan.graph.trials.count, failures: try failures(of: plan),
      poolFacts: poolFacts, provenance: try provenance(of: plan), weights: weights,
      pictures: withPictures ? try StoredPictures(store, poolFacts: poolFacts).grids(of: results) : [],
      objects: withPictures ? try objects(of: results) : [:])
  }

  private func objects(of results: [TrialResult]) throws -> [TaskID: [String: Digest]] {
    try store.outcomes(of: results.map(\.task)).mapValues { stored in
      try Outcome(bytes: stored.bytes, place: "outcome").objects.mapValues(\.digest)
    }
  }

  private func failures(of plan: ExpandedSweep) throws -> [ReportInput.Failure] {
    let failures = Dictionary(uniqueKeysWithValues: try store.failures().map { ($0.task, $0.report) })
    return plan.graph.nodes.compactMap { node in
      guard let report = failures[node.id] else { return nil }
      let failure = TaskFailureReport(bytes: report, of: node.id)
      return ReportInput.Failure(label: node.label, reason: failure.cause.description)
    }
  }

  private func poolFacts(of plan: ExpandedSweep) throws -> [String: JSONValue] {
    let pools = plan.graph.nodes.filter { $0.specification.kind == .pool }
    let outcomes = try store.outcomes(of: pools.map(\.id))
    var facts: [String: JSONValue] = [:]
    for pool in pools {
      guard let stored = outcomes[pool.id], pool.label.hasPrefix("pool ") else { continue }
      facts[String(pool.label.dropFirst(5))] = try Outcome(bytes: stored.bytes, place: "outcome of \(pool.label)")
        .values["facts"]
    }
    return facts
  }

  private func provenance(of plan: ExpandedSweep) throws -> [ReportInput.Fact] {
    let cores = try plan.graph.nodes.flatMap { try store.attempts(of: $0.id) }.compactMap { attempt in
      (try? JSONValue.parse(attempt, source: "attempt"))?["blasCore"]?.text
    }
    var facts = [
      ReportInput.Fact(name: "Winnow", value: Version.current),
      ReportInput.Fact(name: "Store format", value: String(Store.formatVersion)),
      ReportInput.Fact(name: "Sweep", value: plan.id.description),
      ReportInput.Fact(name: "BLAS kernels used", value: Set(cores).sorted().joined(separator: ", ")),
    ]
    facts += plan.sources.sorted { $0.key < $1.key }.map {
      ReportInput.Fact(name: "SHA-256 of \($0.key)", value: $0.value.description)
    }
    return facts
  }
}
