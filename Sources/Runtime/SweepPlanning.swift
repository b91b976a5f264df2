import Core
package import Sweeps

/// A sweep turned into tasks.
package struct PlannedSweep: Sendable {
  /// Every task once, inputs before the tasks that read them, with the name people see.
  package let tasks: [TaskGraph.Node]

  package init(tasks: [TaskGraph.Node]) { self.tasks = tasks }
}

/// Turns sweeps into tasks; the coordinator asks it when a sweep is submitted.
package protocol SweepPlanning: Sendable {
  /// Plans `sweep`.
  ///
  /// - Parameter importing: stores raw bytes (a data set's file) as an object and says what it is called; to be
  ///   called with every raw file that a task names as a source.
  /// - Throws: anything a person can mend, such as a missing data directory; the text goes back to who submitted.
  func plan(_ sweep: Sweep, importing: ([UInt8]) throws -> ObjectReference) throws -> PlannedSweep
}
