package import Core
import Wire

/// Decides everything that a coordinator does; does nothing itself.
///
/// A value without clock, input or output: the shell tells it what happened, and does what it answers. Equal events at
/// equal instants give equal actions. What an event costs does not grow with the number of tasks (apart from what it
/// sets free), nor with the number of workers.
package struct CoordinatorMachine: Equatable, Sendable {
  package let settings: CoordinatorSettings

  // Tasks.
  var tasks: [TaskEntry] = []
  var taskIndex: [TaskID: Int] = [:]
  var queues = [ReadyQueue(core: nil, labels: [], memory: nil)]
  var readyOrder: UInt64 = 0
  var durationClasses: [DurationClass] = []
  var durationClassIndex: [String: Int] = [:]
  /// Results on their way into the store, by task.
  var pendingCommits: [Int: PendingCommit] = [:]
  /// Failed and quarantined tasks.
  var troubled: Set<Int> = []
  /// Which done task made an object that others need.
  var producers: [Digest: Int] = [:]

  // Sweeps.
  var sweeps: [SweepEntry] = []
  var sweepIndex: [Digest: Int] = [:]
  var totals = SweepCounts()
  /// Unfinished tasks by duration class.
  var left: [Int: Int] = [:]
  /// Sweeps that have ready tasks and may be served, and how far the one that was served last had come.
  var hungry: [Int] = []
  var shareClock = 0.0
  /// Sweeps that may have finished during this event.
  var finishCandidates: [Int] = []

  // Workers.
  var workers: [WorkerEntry?] = []
  var workerIndex: [WorkerID: Int] = [:]
  var freeRows: [Int] = []
  var joins: UInt64 = 0
  var groups: [WorkerGroup] = []
  var liveness = BinaryHeap<LivenessCheck>()
  /// Workers whose connections closed, and until when they may come back.
  var returns = BinaryHeap<LivenessCheck>()
  /// Until when (on ``clock``) workers that drain may finish.
  var drainLimits: [WorkerID: Instant] = [:]
  /// Everybody whose worker was here or was granted something, one for each key.
  var keys: [KeyAccount] = []
  var keyIndex: [String: Int] = [:]
  /// Grants of earlier lives, of tasks that no sweep has brought yet.
  var earlierGrants: [TaskID: [EarlierGrant]] = [:]

  // Audits.
  var audits: [Epoch: Audit] = [:]
  var auditWishes: [AuditWish] = []

  // Disputes that nobody has settled, and which of them wait for a worker.
  var disputes: [TaskID: OpenDispute] = [:]
  var unsettled: [TaskID] = []

  // Time.
  var lastEvent: Instant
  var lastTick: Instant
  /// By how much the coordinator was late so far, in nanoseconds; see ``clock``.
  var lateness: Int64 = 0
  /// No grants before this (on ``clock``), because the store failed.
  var pausedUntil: Instant?
  var isClosing = false

  var lastGrant: UInt32 = 0
  var story = Story()
  var counters = ClusterCounters()
  /// Pairs of task and worker that were looked at, and outdated entries of queues, since the start: what grants cost.
  package internal(set) var effort = 0

  // What this event has led to so far.
  var actions: [Action] = []
  var grants: [GrantBatch] = []

  package init(settings: CoordinatorSettings, at now: Instant) {
    self.settings = settings
    lastEvent = now
    lastTick = now
  }

  /// The only way to change the machine. `now` comes from a monotonic clock.
  package mutating func handle(_ event: Event, at now: Instant) -> [Action] {
    keepTime(now)
    switch event {
    case .timePassed: tick()
    case .received(let message, let worker, let principal): receive(message, from: worker, of: principal)
    case .turnedAway(let isStranger):
      if isStranger { counters.unknownPeers += 1 } else { counters.refusedRequests += 1 }
    case .cut(let worker, let reason): cut(worker, reason)
    case .grantedBefore(let grant): remember(grant)
    case .disconnected(let worker): disconnected(worker)
    case .submitted(let plan): submit(plan)
    case .committed(let attempt, let worker): committed(attempt, by: worker)
    case .commitFailed(let attempt, let worker, let problem): commitFailed(attempt, by: worker, problem)
    case .disputed(let dispute): note(dispute)
    case .objectLost(let digest): objectLost(digest)
    case .cancelSweep(let sweep): cancelSweep(sweep)
    case .steer(let sweep, let order): steer(sweep, order)
    case .drain(let worker, let seconds): drain(worker, within: seconds)
    case .retryFailed: retryFailed()
    case .closing: isClosing = true
    }
    settleDisputes()
    dispatch()
    flushGrants()
    announceFinishedSweeps()
    defer { actions = [] }
    return actions
  }

  /// When the machine wants to hear ``Event/timePassed``. Send it then even when other events come all the time.
  package var nextDeadline: Instant? {
    let tick = lastTick.advanced(bySeconds: settings.tickSeconds)
    guard let due = returns.first?.due else { return tick }
    return min(tick, Instant(nanoseconds: due.nanoseconds + lateness))
  }

  /// When time last passed for it.
  package var ticked: Instant { lastTick }

  /// Time as the machine counts it: the monotonic clock without the stretches during which the coordinator itself was
  /// stopped or stuck. Being late thus extends every limit by as much.
  var clock: Instant { Instant(nanoseconds: lastEvent.nanoseconds - lateness) }

  /// By how much it was late so far.
  package var secondsLate: Double { Double(lateness) / 1e9 }

  private mutating func keepTime(_ now: Instant) {
    guard now > lastEvent else { return }
    let gap = now.seconds(since: lastEvent)
    if gap > 2 * settings.tickSeconds { lateness += Int64((gap - settings.tickSeconds) * 1e9) }
    lastEvent = now
  }

  private mutating func tick() {
    lastTick = lastEvent
    if let pause = pausedUntil, pause <= clock { pausedUntil = nil }
    checkLiveness()
    checkReturns()
    endDrains()
    startCopies()
    lookAtDisputes()
    startAudits()
  }
}

/// A sweep that the coordinator works on, or has finished.
struct SweepEntry: Equatable, Sendable {
  let id: Digest
  let name: String
  var counts = SweepCounts()
  /// Unfinished tasks by duration class.
  var left: [Int: Int] = [:]
  /// Nobody wants it any more. Submitting it again changes that.
  var isCancelled = false
  var steering = SweepSteering()
  /// It is not listed any more. Submitting it again changes that.
  var isForgotten = false
  /// It has ready tasks and may be served.
  var isHungry = false
  /// Expected seconds of the tasks that were granted for it, divided by its priority: who has least comes first.
  var served = 0.0
  /// Its end was told.
  var announced = false

  /// Its tasks may be granted.
  var isOpen: Bool { !isCancelled && !steering.isPaused }
}

/// A result on its way into the store.
struct PendingCommit: Equatable, Sendable {
  let attempt: AttemptName
  let worker: WorkerID
  let record: TaskRecord
  let seconds: Double
}

/// When to look whether a worker is still heard. One for each worker; looked at again when it is due.
struct LivenessCheck: Comparable, Sendable {
  let due: Instant
  let worker: Int
  let join: UInt64

  static func < (left: LivenessCheck, right: LivenessCheck) -> Bool {
    left.due != right.due ? left.due < right.due : left.join < right.join
  }
}

/// What one event grants to one worker.
struct GrantBatch: Equatable, Sendable {
  let worker: Int
  var grants: [Grant]
}
