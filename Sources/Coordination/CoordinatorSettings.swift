/// The limits that a coordinator works with. Times are seconds.
package struct CoordinatorSettings: Hashable, Sendable {
  /// Grows with every start of a coordinator on the same store; written down before it binds.
  package var coordinatorEpoch: UInt32
  /// The only build that is let in; nil lets builds be mixed.
  package var build: String?
  /// How often agents report.
  package var heartbeatSeconds = 5.0
  /// After this long an agent repeats a result that was not acknowledged.
  package var resendSeconds = 10.0
  /// A worker that was silent this long gets no new work.
  package var suspectSeconds = 15.0
  /// A worker that was silent this long is forgotten, and what it held is granted elsewhere.
  package var expirySeconds = 60.0
  /// The host that the coordinator runs on, as its workers call it; nil when none of them can be on it.
  package var ownHost: String?
  /// A worker on the same host whose connection closed, and that is not back after this long, is forgotten. One elsewhere
  /// has the time of three heartbeats.
  package var returnSeconds = 0.5
  /// A grant that the worker's reports do not mention for this long is taken to be lost.
  package var confirmationSeconds = 15.0
  /// An attempt that reports no progress for this long is stopped and counts as a death of its process.
  package var stallSeconds = 3600.0
  /// The longest step of time that a healthy coordinator takes; whatever passes it was its own lateness, and is added
  /// to every limit.
  package var tickSeconds = 1.0
  /// How often a task may throw.
  package var exceptionLimit = 2
  /// How often the process of a task may die, on as many different workers as there are.
  package var deathLimit = 3
  /// How often the inputs of a task may be unavailable.
  package var unavailableLimit = 16
  /// An agent on which this many different tasks died gets no more work …
  package var killLimit = 3
  /// … for this long, as long as there are others.
  package var quarantineSeconds = 600.0
  /// A copy of an attempt is started elsewhere when it takes this many times the median of its class …
  package var stragglerFactor = 2.0
  /// … and at least this long …
  package var stragglerSeconds = 5.0
  /// … and this many of its class have been measured.
  package var stragglerSamples = 5
  /// A copy of an attempt may also be started when its worker has never finished anything, after this long.
  package var unprovenSeconds = 60.0
  /// Attempts that a worker may hold before it has finished anything.
  package var firstAllowance = 64
  /// A worker gets no work when others have finished this many of its tasks since its last result …
  package var outdoneLimit = 4
  /// … for this long.
  package var benchSeconds = 600.0
  /// Workers of one key that are let in.
  package var workersPerKey = 2_048
  /// Different kinds of workers that one key may have, by BLAS kernels, labels and memory.
  package var workerKindsPerKey = 64
  /// Tasks that are kept in memory, of all sweeps together.
  package var taskLimit = 4_000_000
  /// Share of results that are computed once more under another key.
  package var auditShare = 0.0
  /// Draws them; nobody else may know it.
  package var auditSeed: UInt64 = 0
  /// How long grants pause after the store failed.
  package var storePauseSeconds = 5.0
  /// How long a refused agent should stay away.
  package var retryAfterSeconds = 60.0

  package init(coordinatorEpoch: UInt32) { self.coordinatorEpoch = coordinatorEpoch }
}
