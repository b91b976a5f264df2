package import Core
import Sweeps
package import Wire

extension CoordinatorMachine {
  /// What the cluster is doing, as far as the machine knows: rates, labels and the store are the shell's to add. Fits a
  /// frame, whatever names people give.
  ///
  /// - Parameter includingWorkers: whether to list workers and running attempts.
  package func status(includingWorkers: Bool) -> ClusterStatus {
    var status = ClusterStatus()
    status.coordinatorEpoch = settings.coordinatorEpoch
    status.counts = totals
    let work = currentWork()
    status.computing = work.all.computing
    status.usableSlots = usableSlots
    status.outOfReach = outOfReach
    status.secondsLeft = secondsLeft(work.all)
    status.sweeps = sweeps.indices.filter { !sweeps[$0].isForgotten }.suffix(Limits.statusLines).map { sweep in
      var status = sweeps[sweep].status
      let work = work.bySweep[sweep] ?? Work()
      status.computing = work.computing
      status.secondsLeft = sweeps[sweep].isOpen ? secondsLeft(sweeps[sweep].left, work) : nil
      return status
    }
    status.counters = counters
    status.classes = durationClasses.prefix(Limits.statusLines).map {
      TaskClassStatus(name: $0.name.clipped(), finished: $0.count, medianSeconds: $0.median)
    }
    status.failures = troubled.sorted().prefix(Limits.statusLines).map { failure(of: $0, wordBytes: 500) }
    status.failureCount = troubled.count
    status.workerCount = workerIndex.count
    status.slots = workers.reduce(0) { $0 + ($1?.slots ?? 0) }
    status.isPaused = pausedUntil != nil
    status.isClosing = isClosing
    status.oldestFrameSeconds = workers.compactMap { $0 }.map { clock.seconds(since: $0.lastFrame) }.max() ?? 0
    if includingWorkers {
      status.workers = workers.compactMap { $0 }.sorted { $0.join < $1.join }.prefix(Limits.statusWorkers).map(line)
      status.running = running
    }
    return status
  }

  /// Tasks that were given up, in the order in which they were first submitted.
  ///
  /// - Parameters:
  ///   - sweep: only those that this sweep wants; nil for all.
  ///   - place: how many to pass over.
  ///   - count: at most this many.
  package func failures(of sweep: Digest? = nil, from place: Int = 0, atMost count: Int) -> FailurePage {
    let all = troubled.sorted().filter { task in
      sweep.map { id in sweepIndex[id].map { tasks[task].sweeps.contains($0) } ?? false } ?? true
    }
    let page = all.dropFirst(place).prefix(count)
    let end = place + page.count
    return FailurePage(
      failures: page.map { failure(of: $0, wordBytes: Limits.lastWords) }, total: all.count,
      next: end < all.count && !page.isEmpty ? end : nil)
  }

  /// Why a task was given up.
  func report(of task: Int) -> TaskFailureReport {
    let entry = tasks[task]
    return TaskFailureReport(
      task: entry.plan.id, taskClass: entry.plan.durationClass.clipped(), isQuarantined: entry.state == .quarantined,
      cause: entry.cause ?? .told(""), exceptions: entry.exceptions, deaths: entry.deaths,
      unavailable: entry.unavailable, hosts: entry.failedOn)
  }

  private func failure(of task: Int, wordBytes: Int) -> FailedTask {
    let report = report(of: task)
    return FailedTask(
      report: TaskFailureReport(
        task: report.task, taskClass: report.taskClass, isQuarantined: report.isQuarantined,
        cause: report.cause.clipped(to: wordBytes), exceptions: report.exceptions, deaths: report.deaths,
        unavailable: report.unavailable, hosts: report.hosts.map { $0.clipped() }))
  }

  /// The attempts that run, the oldest first.
  private var running: [RunningTask] {
    let leases = workers.compactMap { $0 }.flatMap { worker in
      worker.leases.filter { $0.phase == .running }.map { (worker: worker, lease: $0) }
    }
    return leases.sorted { ($0.lease.granted, $0.lease.epoch) < ($1.lease.granted, $1.lease.epoch) }
      .prefix(Limits.statusLines).map { worker, lease in
        RunningTask(
          task: tasks[lease.task].plan.id, label: "", worker: worker.id, host: worker.host.clipped(),
          seconds: clock.seconds(since: lease.granted), thousandths: lease.thousandths)
      }
  }

  private func line(for worker: WorkerEntry) -> WorkerStatus {
    let isDraining = worker.isDraining || worker.drainAsked
    let isSuspect = worker.isSuspect || worker.isDeaf || worker.benchedUntil != nil
    let state: WorkerState =
      worker.isQuarantined ? .quarantined : isDraining ? .draining : isSuspect ? .suspect : .active
    return WorkerStatus(
      id: worker.id, keyName: worker.principal.name.clipped(), host: worker.host.clipped(),
      build: worker.build.clipped(), state: state, slots: worker.slots,
      credits: worker.credits, running: worker.leases.count { $0.phase == .running }, held: worker.leases.count,
      results: worker.results, silentSeconds: clock.seconds(since: worker.lastFrame),
      joinedSeconds: clock.seconds(since: worker.joined), use: worker.use, slotMemory: worker.slotMemory)
  }
}

extension SweepEntry {
  fileprivate var status: SweepStatus {
    SweepStatus(
      id: id, name: name.clipped(), isFinished: announced, isCancelled: isCancelled, isPaused: steering.isPaused,
      priority: steering.priority, counts: counts)
  }
}

extension String {
  /// The beginning of a text that somebody chose, in at most about `count` bytes.
  func clipped(to count: Int = 160) -> String {
    utf8.count > count ? String(decoding: utf8.prefix(count), as: UTF8.self) + "…" : self
  }
}

extension FailureCause {
  /// The same with at most about `count` bytes of anybody's words.
  func clipped(to count: Int) -> FailureCause {
    switch self {
    case .exception(let words): .exception(lastWords: words.clipped(to: count))
    case .notStarted(let words): .notStarted(lastWords: words.clipped(to: count))
    case .missingInput(let digest, let words): .missingInput(digest, lastWords: words.clipped(to: count))
    case .notKept(let words): .notKept(lastWords: words.clipped(to: count))
    case .malformedResult(let words): .malformedResult(lastWords: words.clipped(to: count))
    case .told(let words): .told(words.clipped(to: count))
    case .signalled, .outOfMemory, .exited, .silent, .handedBack, .tooLarge, .cannotTravel: self
    }
  }
}
