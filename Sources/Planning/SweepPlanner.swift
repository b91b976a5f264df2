package import Core
package import Sweeps

/// Turns sweeps into tasks; the coordinator asks it when a sweep is submitted.
package protocol SweepPlanning: Sendable {
  /// Plans `sweep`. Opens no file, whatever paths stand in it: who submits has read them.
  ///
  /// - Parameter sources: the raw files, by the names that ``SourceFiles`` gives them.
  /// - Throws: anything a person can mend, such as a file that is missing; the text goes back to who submitted.
  func plan(_ sweep: Sweep, sources: [String: Digest]) throws -> PlannedSweep
  /// Plans again what ``PlannedSweep/record`` describes, without any raw file.
  func plan(record: JSONValue) throws -> PlannedSweep
  /// What is wrong with the canonical bytes of an outcome of the task with this specification: a number out of its range, an
  /// object that is missing or should not be there. Nil when it may be right, and for kinds that nobody here knows.
  ///
  /// - Parameter unit: the unit of a metric, where it is known.
  func problem(with outcome: [UInt8], of specification: [UInt8], unit: (String) -> Metric.Unit?) -> String?
  /// A guess of the CPU seconds of a task, for the time before any of its kind has run.
  func expectedSeconds(_ kind: TaskKindName) -> Double
  /// Names the tasks that take about equally long: the kind, and what its row says of the parameters.
  func durationClass(_ task: TaskSpecification) -> String
}

/// Plans sweeps for a coordinator: finds every name and expands the grid.
package struct SweepPlanner: SweepPlanning {
  private let catalogue: Catalogue
  private let taskLimit: Int

  /// - Parameter taskLimit: the largest sweep that a coordinator takes in, by its trials and what is measured of them. Counted
  ///   before anything of it is made: a coordinator that plans is deaf.
  package init(catalogue: Catalogue, taskLimit: Int = 1_000_000) {
    self.catalogue = catalogue
    self.taskLimit = taskLimit
  }

  /// See ``SweepPlanning/plan(_:sources:)``.
  package func plan(_ sweep: Sweep, sources: [String: Digest]) throws -> PlannedSweep {
    let resolved = try ResolvedSweep(sweep, catalogue: catalogue)
    let (tasks, overflow) = resolved.sweep.pointCount.multipliedReportingOverflow(by: 1 + resolved.measures.count)
    guard !overflow, tasks <= taskLimit else {
      throw ConfigurationError(
        place: "sweep",
        problem:
          "\(resolved.sweep.pointCount) trials, with \(resolved.measures.count) tasks that measure each, pass "
          + "the \(taskLimit) tasks that a coordinator takes in with one sweep; split it")
    }
    return try PlannedSweep(resolved, sources: sources)
  }

  /// See ``SweepPlanning/plan(record:)``.
  package func plan(record: JSONValue) throws -> PlannedSweep {
    try PlannedSweep(record: record, catalogue: catalogue, place: "an open sweep of this store")
  }

  package func problem(
    with outcome: [UInt8], of specification: [UInt8], unit: (String) -> Metric.Unit?
  ) -> String? {
    guard let specification = try? TaskSpecification(bytes: specification, place: "task"),
      let kind = catalogue.task(specification.kind),
      let outcome = try? Outcome(bytes: outcome, place: "outcome")
    else { return nil }
    return kind.problem(with: outcome, of: specification, unit: unit)
  }

  package func expectedSeconds(_ kind: TaskKindName) -> Double { catalogue.task(kind)?.expectedSeconds ?? 0.001 }

  package func durationClass(_ task: TaskSpecification) -> String {
    let detail = catalogue.task(task.kind)?.durationClass(task.parameters)
    return detail.map { "\(task.kind.name) \($0)" } ?? task.kind.name
  }
}
