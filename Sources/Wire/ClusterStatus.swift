package import Core
package import Sweeps

/// Tasks by state. The sum of all is the number of tasks.
package struct SweepCounts: Hashable, Sendable {
  /// Waiting for inputs, or for a failed input to be retried.
  package var waiting = 0
  package var ready = 0
  /// Granted, or its result is being made durable.
  package var running = 0
  package var done = 0
  /// Threw too often, or its inputs could not be had.
  package var failed = 0
  /// Its process died too often.
  package var quarantined = 0
  /// Needs the output of a failed or quarantined task.
  package var blocked = 0
  /// Every sweep that wanted it was cancelled.
  package var withdrawn = 0

  package init() {}

  /// Nothing more will happen by itself.
  package var isFinished: Bool { unfinished == 0 }
  /// What is still to be done.
  package var unfinished: Int { waiting + ready + running }
  /// What will not be done by itself: it failed, or waits for something that failed.
  package var stuck: Int { failed + quarantined + blocked }
  package var total: Int { unfinished + done + stuck + withdrawn }
}

/// A sweep that a coordinator works on, or has finished.
package struct SweepStatus: Hashable, Sendable {
  package let id: Digest
  package let name: String
  /// Every task is done or stuck.
  package let isFinished: Bool
  package let isCancelled: Bool
  package let isPaused: Bool
  /// See ``SweepOrder/priorities``.
  package let priority: Int
  package let counts: SweepCounts
  /// Attempts that compute at this moment; what else is granted waits for a slot.
  package var computing = 0
  /// By the medians of its kinds of tasks and the slots that are there; nil when nobody takes tasks.
  package var secondsLeft: Double?

  package init(
    id: Digest, name: String, isFinished: Bool, isCancelled: Bool, isPaused: Bool = false,
    priority: Int = SweepOrder.usualPriority, counts: SweepCounts
  ) {
    self.id = id
    self.name = name
    self.isFinished = isFinished
    self.isCancelled = isCancelled
    self.isPaused = isPaused
    self.priority = priority
    self.counts = counts
  }
}

/// How a worker stands with its coordinator.
package enum WorkerState: UInt32, CaseIterable, Hashable, Sendable {
  case active = 1
  /// Silent, or it does not hear: it gets no new work.
  case suspect = 2
  /// It finishes what it has, then leaves.
  case draining = 3
  /// The processes of several tasks died on it: it gets no new work.
  case quarantined = 4
}

/// A worker, as its coordinator sees it.
package struct WorkerStatus: Hashable, Sendable {
  package let id: WorkerID
  /// What the list of authorised keys calls its key; empty without encryption.
  package let keyName: String
  package let host: String
  package let build: String
  package let state: WorkerState
  package let slots: Int
  /// Unfinished attempts that it is willing to hold.
  package let credits: Int
  package let running: Int
  /// Attempts that it has, running or not.
  package let held: Int
  /// Results that it has handed in.
  package let results: Int
  package let silentSeconds: Double
  package let joinedSeconds: Double
  /// How busy its host is; nil when it does not say.
  package let use: HostUse?
  /// Bytes that each of its slots may take; nil when it does not say.
  package let slotMemory: Int?

  package init(
    id: WorkerID, keyName: String = "", host: String, build: String, state: WorkerState, slots: Int, credits: Int,
    running: Int, held: Int,
    results: Int, silentSeconds: Double, joinedSeconds: Double, use: HostUse? = nil, slotMemory: Int? = nil
  ) {
    self.id = id
    self.keyName = keyName
    self.host = host
    self.build = build
    self.state = state
    self.slots = slots
    self.credits = credits
    self.running = running
    self.held = held
    self.results = results
    self.silentSeconds = silentSeconds
    self.joinedSeconds = joinedSeconds
    self.use = use
    self.slotMemory = slotMemory
  }
}

/// An attempt that runs.
package struct RunningTask: Hashable, Sendable {
  package let task: TaskID
  /// What people call the task; empty where nobody said.
  package var label: String
  package let worker: WorkerID
  package let host: String
  /// Since it was given to its worker.
  package let seconds: Double
  /// How much of it is done, as it says itself.
  package let thousandths: Int

  package init(task: TaskID, label: String, worker: WorkerID, host: String, seconds: Double, thousandths: Int) {
    self.task = task
    self.label = label
    self.worker = worker
    self.host = host
    self.seconds = seconds
    self.thousandths = thousandths
  }
}

/// How long the tasks of a class take.
package struct TaskClassStatus: Hashable, Sendable {
  package let name: String
  package let finished: Int
  /// Nil before the first has finished.
  package let medianSeconds: Double?

  package init(name: String, finished: Int, medianSeconds: Double?) {
    self.name = name
    self.finished = finished
    self.medianSeconds = medianSeconds
  }
}

/// A task that was given up, with the name that people know it by.
package struct FailedTask: Hashable, Sendable {
  package let report: TaskFailureReport
  /// Empty where nobody said.
  package var label: String

  package init(report: TaskFailureReport, label: String = "") {
    self.report = report
    self.label = label
  }
}

/// Failures in the order in which their tasks came.
package struct FailurePage: Hashable, Sendable {
  package var failures: [FailedTask]
  /// How many there are in all.
  package let total: Int
  /// Where the next page begins; nil behind the last.
  package let next: Int?

  package init(failures: [FailedTask], total: Int, next: Int?) {
    self.failures = failures
    self.total = total
    self.next = next
  }
}

/// What happened since a coordinator started.
package struct ClusterCounters: Hashable, Sendable {
  package var grants = 0
  package var copies = 0
  package var adopted = 0
  package var results = 0
  package var repeatedResults = 0
  /// Results that differ from the first of their task.
  package var incidents = 0
  package var exceptions = 0
  package var processDeaths = 0
  package var handedBack = 0
  package var unavailable = 0
  package var lostGrants = 0
  package var expiredWorkers = 0
  package var unknownPeers = 0
  package var refusedAgents = 0
  package var storeFailures = 0
  /// Messages that the key which brought them had no right to.
  package var refusedRequests = 0
  /// Finished tasks that were given out once more, under another key.
  package var audits = 0

  package init() {}
}

/// What a cluster is doing.
package struct ClusterStatus: Hashable, Sendable {
  package var coordinatorEpoch: UInt32 = 0
  package var counts = SweepCounts()
  /// The last ones, in the order in which they were first submitted.
  package var sweeps: [SweepStatus] = []
  package var counters = ClusterCounters()
  package var classes: [TaskClassStatus] = []
  /// The first few.
  package var failures: [FailedTask] = []
  /// How many there are in all.
  package var failureCount = 0
  package var workerCount = 0
  package var slots = 0
  /// Slots of workers that are given tasks now.
  package var usableSlots = 0
  /// Attempts that compute at this moment; what else is granted waits for a slot.
  package var computing = 0
  /// Ready tasks that nobody who is connected may have, however free: for want of a BLAS kernel, a label or memory.
  package var outOfReach = 0
  /// No grants for a moment, because the store failed.
  package var isPaused = false
  package var isClosing = false
  /// For how long the most silent worker has been silent.
  package var oldestFrameSeconds = 0.0
  package var finishedPerMinute = 0.0
  /// By the medians of the kinds of tasks and the slots that are there; nil when nobody takes tasks.
  package var secondsLeft: Double?
  /// Why the store cannot keep what comes in, as the operating system says it; nil while all is well.
  package var storeProblem: String?
  package var refusedKeys = 0
  /// Incidents that the store keeps, whenever they happened.
  package var incidents = 0
  /// Empty unless asked for.
  package var workers: [WorkerStatus] = []
  /// The oldest first; empty unless workers were asked for.
  package var running: [RunningTask] = []
  /// The last lines of the coordinator's log, oldest first; empty unless workers were asked for.
  package var log: [LogLine] = []

  package init() {}

  /// How much is left to do, of one sweep or of all, and how fast it goes.
  package func progress(of sweep: Digest?) -> (computing: Int, secondsLeft: Double?) {
    sweeps.first { $0.id == sweep }.map { ($0.computing, $0.secondsLeft) } ?? (computing, secondsLeft)
  }

  /// Why nothing goes on although something is left.
  package enum Obstacle: Hashable, Sendable, CaseIterable {
    /// Nobody is connected.
    case noWorkers
    /// Those who are connected are given nothing: they are silent, draining or in quarantine.
    case noUsableSlots
    /// Whatever is ready asks for something that nobody has.
    case nobodyFits
  }

  /// nil when something can go on, or all is done.
  package var obstacle: Obstacle? {
    if counts.isFinished { return nil }
    if workerCount == 0 { return .noWorkers }
    if usableSlots == 0 { return .noUsableSlots }
    return counts.running == 0 && outOfReach > 0 && outOfReach == counts.ready ? .nobodyFits : nil
  }

  /// The tasks of one sweep by state; those of all when `sweep` is nil or not listed.
  package func counts(of sweep: Digest?) -> SweepCounts {
    sweeps.first { $0.id == sweep }?.counts ?? counts
  }
}
