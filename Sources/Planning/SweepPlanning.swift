package import Core
package import Sweeps

/// A sweep turned into tasks.
package struct PlannedSweep: Sendable {
  /// Names the sweep together with the raw data it was planned on.
  package let id: Digest
  package let name: String
  /// What the store keeps, under ``id``: enough to plan the sweep again without its raw files.
  package let record: JSONValue
  /// Every task once, inputs before the tasks that read them, with the name people see.
  package let tasks: [TaskGraph.Node]

  package init(id: Digest, name: String, record: JSONValue, tasks: [TaskGraph.Node]) {
    self.id = id
    self.name = name
    self.record = record
    self.tasks = tasks
  }
}

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
}
