package import Core
package import Sweeps

/// Plans sweeps for a coordinator: reads the raw files of its machine and expands the grid.
package struct SweepPlanner: SweepPlanning {
  package init() {}

  /// See ``SweepPlanning/plan(_:importing:)``. Mistakes in the sweep are found before any file is read.
  package func plan(_ sweep: Sweep, importing: ([UInt8]) throws -> ObjectReference) throws -> PlannedSweep {
    try ExpandedSweep.validate(sweep)
    let sources = try SourceFiles.read(for: sweep).mapValues { try importing($0).digest }
    let plan = try ExpandedSweep(sweep, sources: sources)
    return PlannedSweep(id: plan.id, name: sweep.name, record: plan.json, tasks: plan.graph.nodes)
  }

  /// See ``SweepPlanning/plan(record:)``.
  package func plan(record: JSONValue) throws -> PlannedSweep {
    let plan = try ExpandedSweep(json: record, place: "an open sweep of this store")
    return PlannedSweep(id: plan.id, name: plan.sweep.name, record: plan.json, tasks: plan.graph.nodes)
  }
}
