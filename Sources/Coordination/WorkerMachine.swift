package import Core
package import Wire

/// Decides everything that an agent does; does nothing itself. See ``CoordinatorMachine``.
package struct WorkerMachine: Hashable, Sendable {
  package let settings: WorkerSettings

  /// `spooled` holds the results that an earlier life left on the disk without an acknowledgement.
  package init(settings: WorkerSettings, spooled: [TaskEnding], at now: Instant) { self.settings = settings }

  /// The first actions: call once, before any event.
  package mutating func start(at now: Instant) -> [Action] { fatalError("not built yet") }

  /// The only way to change the machine. `now` comes from a monotonic clock.
  package mutating func handle(_ event: Event, at now: Instant) -> [Action] { fatalError("not built yet") }

  /// When the machine wants to hear ``Event/timePassed`` if nothing else happens before.
  package var nextDeadline: Instant? { fatalError("not built yet") }
}
