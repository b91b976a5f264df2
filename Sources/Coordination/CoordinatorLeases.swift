import Core
import Wire

/// Who holds which attempt.
extension CoordinatorMachine {
  mutating func lend(_ task: Int, to row: Int, epoch: Epoch, isCopy: Bool, phase: AttemptReport.Phase) {
    let lease = Lease(
      task: task, epoch: epoch, isCopy: isCopy, granted: clock, mentioned: clock, phase: phase, progressed: clock,
      reads: reads(of: task))
    open(lease, of: row)
    workers[row]!.leases.append(lease)
    for input in tasks[task].inputs { workers[row]!.held.insert(input.task) }
    tasks[task].holders.append(row)
    if tasks[task].state != .committing { setState(task, .running) }
    refresh(row)
  }

  /// The worker no longer holds the task. When nobody does, the task is free again.
  mutating func release(_ task: Int, from row: Int, because reason: String) {
    guard let index = workers[row]!.lease(of: task), let holder = tasks[task].holders.firstIndex(of: row) else {
      preconditionFailure("\(tasks[task].plan.id.short) (\(tasks[task].state)) is not held by \(name(of: row))")
    }
    let lease = workers[row]!.leases.remove(at: index)
    close(lease, of: row)
    tasks[task].holders.remove(at: holder)
    tell(task, "released: \(reason)", worker: workers[row]!.id, epoch: lease.epoch)
    refresh(row)
    if tasks[task].state == .running, tasks[task].holders.isEmpty { settle(task) }
  }

  /// Nobody needs to go on with the task: everyone who holds it is told. Results that are finished already are taken
  /// when they come.
  mutating func cancelHolders(of task: Int, except winner: Int?) {
    for row in tasks[task].holders {
      guard let index = workers[row]!.lease(of: task) else { continue }
      let lease = workers[row]!.leases[index]
      if row != winner, lease.phase != .finished {
        let attempt = AttemptName(task: tasks[task].plan.id, epoch: lease.epoch)
        actions.append(.send(.cancel(attempt), to: workers[row]!.id))
      }
      if winner != nil, row != winner { noteOutdone(row) }
      release(task, from: row, because: row == winner ? "its result is taken" : "no longer needed")
    }
  }

  /// Compares what a worker says it holds with what it was lent. An attempt that the coordinator does not know of (it
  /// was restarted, or gave the worker up too early) goes on, unless enough others hold the task.
  mutating func take(_ reports: [AttemptReport], from row: Int) {
    let start = actions.count
    for report in reports {
      guard let task = taskIndex[report.attempt.task] else {
        refuse(report, row: row, since: start)
        continue
      }
      if noteAudit(report, from: row) { continue }
      if let index = workers[row]!.lease(of: task) {
        note(report, lease: index, task: task, row: row)
      } else {
        adopt(report, task: task, row: row, since: start)
      }
    }
  }

  /// Whoever computes what nobody wants is told to stop, of one report not more often than anybody has cause for: it is said
  /// again at the next.
  private mutating func refuse(_ report: AttemptReport, row: Int, since start: Int) {
    guard report.phase != .finished, actions.count - start < Self.answersPerReport else { return }
    actions.append(.send(.cancel(report.attempt), to: workers[row]!.id))
  }

  private static let answersPerReport = 256

  private mutating func note(_ report: AttemptReport, lease index: Int, task: Int, row: Int) {
    let lease = workers[row]!.leases[index]
    // The end of an earlier attempt, on its way; it says nothing of this one.
    if report.phase == .finished, report.attempt.epoch < lease.epoch { return }
    workers[row]!.leases[index].mentioned = clock
    // What is finished stays so: the report may have been overtaken by the result itself.
    let isNewPhase = report.phase != lease.phase && lease.phase != .finished
    if isNewPhase { workers[row]!.leases[index].phase = report.phase }
    workers[row]!.leases[index].thousandths = max(lease.thousandths, report.thousandths)
    if isNewPhase || report.progress > lease.progress {
      workers[row]!.leases[index].progress = report.progress
      workers[row]!.leases[index].progressed = clock
    } else if clock.seconds(since: lease.progressed) > settings.stallSeconds {
      stop(task, row: row, phase: report.phase)
    }
  }

  private mutating func stop(_ task: Int, row: Int, phase: AttemptReport.Phase) {
    let attempt = AttemptName(
      task: tasks[task].plan.id, epoch: workers[row]!.leases[workers[row]!.lease(of: task)!].epoch)
    if phase != .finished { actions.append(.send(.cancel(attempt), to: workers[row]!.id)) }
    guard phase == .running, tasks[task].state == .running else { return release(task, from: row, because: "stalled") }
    countDeath(of: task, on: row, .silent(seconds: settings.stallSeconds))
  }

  private mutating func adopt(_ report: AttemptReport, task: Int, row: Int, since start: Int) {
    let isOpen = [.waiting, .ready, .running].contains(tasks[task].state)
    // What was never granted to its key is no claim.
    let isClaim = wasGranted(report.attempt, task: task, to: workers[row]!.principal.key)
    if isOpen, isClaim, tasks[task].holders.count < 2 {
      counters.adopted += 1
      tell(task, "adopted", worker: workers[row]!.id, epoch: report.attempt.epoch)
      lend(task, to: row, epoch: report.attempt.epoch, isCopy: !tasks[task].holders.isEmpty, phase: report.phase)
    } else {
      refuse(report, row: row, since: start)
    }
  }

  /// A grant that the worker has had the time to mention, and does not, never arrived, or its end was lost on the way.
  mutating func releaseUnmentioned(_ row: Int) {
    dropAudits(of: row, unmentionedOnly: true)
    for lease in workers[row]!.leases where clock.seconds(since: lease.mentioned) > settings.confirmationSeconds {
      counters.lostGrants += 1
      release(lease.task, from: row, because: "not mentioned")
    }
  }
}
