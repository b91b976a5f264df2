package import Core

/// Decides everything that a coordinator does; does nothing itself.
///
/// A value without clock, input or output: the shell tells it what happened, and does what it answers. Equal events at
/// equal instants give equal actions.
package struct CoordinatorMachine: Hashable, Sendable {
  package let settings: CoordinatorSettings

  package init(settings: CoordinatorSettings, at now: Instant) { self.settings = settings }

  /// The only way to change the machine. `now` comes from a monotonic clock.
  package mutating func handle(_ event: Event, at now: Instant) -> [Action] { fatalError("not built yet") }

  /// When the machine wants to hear ``Event/timePassed`` if nothing else happens before.
  package var nextDeadline: Instant? { fatalError("not built yet") }

  /// What `winnow status`, `/state.json` and `/metrics` show: sweeps with their counts, tasks by state, attempts by
  /// ending, failures (the first few with reasons), and, when asked, a line per worker.
  package func status(includingWorkers: Bool) -> JSONValue { fatalError("not built yet") }

  /// The worker whose name starts with `prefix`, when exactly one does.
  package func worker(named prefix: String) -> WorkerID? { fatalError("not built yet") }
}
