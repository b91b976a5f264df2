package import Core
package import Sweeps

/// Turns sweeps into tasks; the coordinator asks it when a sweep is submitted.
package protocol SweepPlanning: Sendable {
  /// Plans `sweep`.
  ///
  /// - Parameter importing: stores raw bytes (a data set's file) as an object and says what it is called; to be
  ///   called with every raw file that a task names as a source.
  /// - Throws: anything a person can mend, such as a missing data directory; the text goes back to who submitted.
  func plan(_ sweep: Sweep, importing: ([UInt8]) throws -> ObjectReference) throws -> PlannedSweep
  /// Plans again what ``PlannedSweep/record`` describes, without any raw file.
  func plan(record: JSONValue) throws -> PlannedSweep
  /// A guess of the CPU seconds of a task, for the time before any of its kind has run.
  func expectedSeconds(_ kind: TaskKindName) -> Double
}

/// Plans sweeps for a coordinator: reads the raw files of its machine and expands the grid.
package struct SweepPlanner: SweepPlanning {
  private let catalogue: Catalogue

  package init(catalogue: Catalogue) { self.catalogue = catalogue }

  /// See ``SweepPlanning/plan(_:importing:)``. Mistakes in the sweep are found before any file is read.
  package func plan(_ sweep: Sweep, importing: ([UInt8]) throws -> ObjectReference) throws -> PlannedSweep {
    let resolved = try ResolvedSweep(sweep, catalogue: catalogue)
    let sources = try SourceFiles.read(for: resolved) { try importing($0).digest }
    return try PlannedSweep(resolved, sources: sources)
  }

  /// See ``SweepPlanning/plan(record:)``.
  package func plan(record: JSONValue) throws -> PlannedSweep {
    try PlannedSweep(record: record, catalogue: catalogue, place: "an open sweep of this store")
  }

  package func expectedSeconds(_ kind: TaskKindName) -> Double { catalogue.task(kind)?.expectedSeconds ?? 0.001 }
}
