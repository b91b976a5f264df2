import Core
internal import Foundation
import Sweeps
internal import SwiftProtobuf

extension SweepCounts {
  init(_ body: Winnow_CountsBody) {
    self.init()
    waiting = Int(body.waiting)
    ready = Int(body.ready)
    running = Int(body.running)
    done = Int(body.done)
    failed = Int(body.failed)
    quarantined = Int(body.quarantined)
    blocked = Int(body.blocked)
    withdrawn = Int(body.withdrawn)
  }

  var body: Winnow_CountsBody {
    .with {
      $0.waiting = UInt32(waiting)
      $0.ready = UInt32(ready)
      $0.running = UInt32(running)
      $0.done = UInt32(done)
      $0.failed = UInt32(failed)
      $0.quarantined = UInt32(quarantined)
      $0.blocked = UInt32(blocked)
      $0.withdrawn = UInt32(withdrawn)
    }
  }
}

extension ClusterCounters {
  init(_ body: Winnow_CountersBody) throws(FrameProblem) {
    self.init()
    grants = try Checked.natural(body.grants, "counters")
    copies = try Checked.natural(body.copies, "counters")
    adopted = try Checked.natural(body.adopted, "counters")
    results = try Checked.natural(body.results, "counters")
    repeatedResults = try Checked.natural(body.repeatedResults, "counters")
    incidents = try Checked.natural(body.incidents, "counters")
    exceptions = try Checked.natural(body.exceptions, "counters")
    processDeaths = try Checked.natural(body.processDeaths, "counters")
    handedBack = try Checked.natural(body.handedBack, "counters")
    unavailable = try Checked.natural(body.unavailable, "counters")
    lostGrants = try Checked.natural(body.lostGrants, "counters")
    expiredWorkers = try Checked.natural(body.expiredWorkers, "counters")
    unknownPeers = try Checked.natural(body.unknownPeers, "counters")
    refusedAgents = try Checked.natural(body.refusedAgents, "counters")
    storeFailures = try Checked.natural(body.storeFailures, "counters")
    audits = try Checked.natural(body.audits, "counters")
    refusedRequests = try Checked.natural(body.refusedRequests, "counters")
  }

  var body: Winnow_CountersBody {
    .with {
      $0.grants = UInt64(grants)
      $0.copies = UInt64(copies)
      $0.adopted = UInt64(adopted)
      $0.results = UInt64(results)
      $0.repeatedResults = UInt64(repeatedResults)
      $0.incidents = UInt64(incidents)
      $0.exceptions = UInt64(exceptions)
      $0.processDeaths = UInt64(processDeaths)
      $0.handedBack = UInt64(handedBack)
      $0.unavailable = UInt64(unavailable)
      $0.lostGrants = UInt64(lostGrants)
      $0.expiredWorkers = UInt64(expiredWorkers)
      $0.unknownPeers = UInt64(unknownPeers)
      $0.refusedAgents = UInt64(refusedAgents)
      $0.storeFailures = UInt64(storeFailures)
      $0.audits = UInt64(audits)
      $0.refusedRequests = UInt64(refusedRequests)
    }
  }
}

extension SweepStatus {
  init(_ body: Winnow_SweepStatusBody) throws(FrameProblem) {
    self.init(
      id: try Checked.digest(body.id, "sweep"), name: try Checked.text(body.name, "sweep", atMost: Limits.sentence),
      isFinished: body.finished, isCancelled: body.cancelled, isPaused: body.paused,
      priority: body.priority == 0 ? SweepOrder.usualPriority : try SweepOrder.priority(body.priority),
      counts: SweepCounts(body.tasks))
    computing = Int(body.computing)
    secondsLeft = body.hasSecondsLeft ? try Checked.number(body.secondsLeft, "seconds left") : nil
  }

  var body: Winnow_SweepStatusBody {
    .with {
      $0.id = id.data
      $0.name = name
      $0.finished = isFinished
      $0.cancelled = isCancelled
      $0.tasks = counts.body
      $0.paused = isPaused
      $0.priority = priority == SweepOrder.usualPriority ? 0 : UInt32(priority)
      $0.computing = UInt32(computing)
      if let secondsLeft { $0.secondsLeft = secondsLeft }
    }
  }
}

extension SweepOrder {
  init(_ body: Winnow_SteerBody) throws(FrameProblem) {
    switch body.order {
    case 1: self = .pause
    case 2: self = .resume
    case 3: self = .forget
    case 4: self = .priority(try Self.priority(body.priority))
    default: throw .malformed("steer: order \(body.order) is not known")
    }
  }

  static func priority(_ number: UInt32) throws(FrameProblem) -> Int {
    guard priorities.contains(Int(number)) else { throw .malformed("a priority of \(number)") }
    return Int(number)
  }

  func body(for sweep: String) -> Winnow_SteerBody {
    .with {
      $0.sweep = sweep
      switch self {
      case .pause: $0.order = 1
      case .resume: $0.order = 2
      case .forget: $0.order = 3
      case .priority(let priority):
        $0.order = 4
        $0.priority = UInt32(priority)
      }
    }
  }
}

extension WorkerStatus {
  init(_ body: Winnow_WorkerStatusBody) throws(FrameProblem) {
    guard let state = WorkerState(rawValue: body.state) else {
      throw .malformed("worker: state \(body.state) is not known")
    }
    self.init(
      id: try Checked.worker(body.id, "worker"),
      keyName: try Checked.text(body.keyName, "key name", atMost: Limits.name),
      host: try Checked.text(body.host, "host", atMost: Limits.sentence),
      build: try Checked.text(body.build, "build", atMost: Limits.sentence), state: state,
      slots: try Checked.count(body.slots, "slots", atMost: Limits.slots),
      credits: try Checked.count(body.credits, "credits", atMost: Limits.credits), running: Int(body.running),
      held: Int(body.held), results: try Checked.natural(body.results, "results"),
      silentSeconds: try Checked.seconds(body.silentSeconds, "silent seconds"),
      joinedSeconds: try Checked.seconds(body.joinedSeconds, "joined seconds"),
      use: body.hasUse ? try HostUse(body.use) : nil, slotMemory: try Checked.memory(body.slotMemory, "slot memory"))
  }

  var body: Winnow_WorkerStatusBody {
    .with {
      $0.id = Data(id.bytes)
      $0.keyName = keyName
      $0.host = host
      $0.build = build
      $0.state = state.rawValue
      $0.slots = UInt32(slots)
      $0.credits = UInt32(credits)
      $0.running = UInt32(running)
      $0.held = UInt32(held)
      $0.results = UInt64(results)
      $0.silentSeconds = silentSeconds
      $0.joinedSeconds = joinedSeconds
      if let use { $0.use = use.body }
      $0.slotMemory = UInt64(slotMemory ?? 0)
    }
  }
}

extension RunningTask {
  init(_ body: Winnow_RunningTaskBody) throws(FrameProblem) {
    self.init(
      task: TaskID(try Checked.digest(body.task, "task")),
      label: try Checked.text(body.label, "label", atMost: Limits.sentence),
      worker: try Checked.worker(body.worker, "worker"),
      host: try Checked.text(body.host, "host", atMost: Limits.sentence),
      seconds: try Checked.seconds(body.seconds, "seconds"),
      thousandths: try Checked.count(body.thousandths, "thousandths", atMost: 1000))
  }

  var body: Winnow_RunningTaskBody {
    .with {
      $0.task = task.digest.data
      $0.label = label
      $0.worker = Data(worker.bytes)
      $0.host = host
      $0.seconds = seconds
      $0.thousandths = UInt32(thousandths)
    }
  }
}

extension TaskClassStatus {
  init(_ body: Winnow_TaskClassBody) throws(FrameProblem) {
    self.init(
      name: try Checked.text(body.name, "class", atMost: Limits.sentence),
      finished: try Checked.natural(body.finished, "finished"),
      medianSeconds: body.hasMedianSeconds ? try Checked.seconds(body.medianSeconds, "median") : nil)
  }

  var body: Winnow_TaskClassBody {
    .with {
      $0.name = name
      $0.finished = UInt64(finished)
      if let medianSeconds { $0.medianSeconds = medianSeconds }
    }
  }
}

extension ClusterStatus {
  init(_ body: Winnow_StatusBody) throws(FrameProblem) {
    self.init()
    coordinatorEpoch = body.coordinatorEpoch
    counts = SweepCounts(body.tasks)
    sweeps = try Checked.list(body.sweeps, "sweeps", atMost: Limits.statusLines, SweepStatus.init)
    counters = try ClusterCounters(body.since)
    classes = try Checked.list(body.classes, "classes", atMost: Limits.statusLines, TaskClassStatus.init)
    failures = try Checked.list(body.failures, "failures", atMost: Limits.statusLines, FailedTask.init)
    failureCount = Int(body.failuresTotal)
    workerCount = Int(body.workerCount)
    slots = Int(body.slots)
    usableSlots = Int(body.usableSlots)
    computing = Int(body.computing)
    outOfReach = Int(body.outOfReach)
    isPaused = body.paused
    isClosing = body.closing
    oldestFrameSeconds = try Checked.seconds(body.oldestFrameSeconds, "oldest frame")
    finishedPerMinute = try Checked.number(body.finishedPerMinute, "finished per minute")
    secondsLeft = body.hasSecondsLeft ? try Checked.number(body.secondsLeft, "seconds left") : nil
    storeProblem =
      body.storeProblem.isEmpty ? nil : try Checked.text(body.storeProblem, "problem", atMost: Limits.sentence)
    refusedKeys = try Checked.natural(body.refusedKeys, "refused keys")
    incidents = try Checked.natural(body.incidents, "incidents")
    workers = try Checked.list(body.workers, "workers", atMost: Limits.statusWorkers, WorkerStatus.init)
    running = try Checked.list(body.running, "running", atMost: Limits.statusLines, RunningTask.init)
    log = try Checked.list(body.log, "log", atMost: Limits.logLines, LogLine.init)
  }

  var body: Winnow_StatusBody {
    .with {
      $0.coordinatorEpoch = coordinatorEpoch
      $0.tasks = counts.body
      $0.sweeps = sweeps.map(\.body)
      $0.since = counters.body
      $0.classes = classes.map(\.body)
      $0.failures = failures.map(\.body)
      $0.failuresTotal = UInt32(failureCount)
      $0.workerCount = UInt32(workerCount)
      $0.slots = UInt32(slots)
      $0.usableSlots = UInt32(usableSlots)
      $0.computing = UInt32(computing)
      $0.outOfReach = UInt32(outOfReach)
      $0.paused = isPaused
      $0.closing = isClosing
      $0.oldestFrameSeconds = oldestFrameSeconds
      $0.finishedPerMinute = finishedPerMinute
      if let secondsLeft { $0.secondsLeft = secondsLeft }
      $0.storeProblem = storeProblem ?? ""
      $0.refusedKeys = UInt64(refusedKeys)
      $0.incidents = UInt64(incidents)
      $0.workers = workers.map(\.body)
      $0.running = running.map(\.body)
      $0.log = log.map(\.body)
    }
  }
}
