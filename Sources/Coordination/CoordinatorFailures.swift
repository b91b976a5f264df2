import Core
import Sweeps
import Wire

/// Failures by class: who is to blame, and how often a task is tried.
extension CoordinatorMachine {
  mutating func take(_ failure: TaskEnding.Failure, _ attempt: AttemptName, task: Int, from row: Int) {
    acknowledge(attempt, workers[row]!.id)
    // A failure counts once, and only while its grant is in force.
    guard let index = workers[row]!.lease(of: task), workers[row]!.leases[index].epoch == attempt.epoch else { return }
    tell(task, "failed (\(failure.kind)): \(failure.cause)", worker: workers[row]!.id, epoch: attempt.epoch)
    if failure.kind == .processDied { return countDeath(of: task, on: row, failure.cause) }
    release(task, from: row, because: "\(failure.kind)")
    if failure.kind != .handedBack { note(workers[row]!.host, of: task) }
    switch failure.kind {
    case .exception: countException(of: task, failure.cause)
    case .unavailable: countUnavailable(task, failure.cause)
    case .handedBack: counters.handedBack += 1
    case .processDied: break
    }
  }

  private mutating func note(_ host: String, of task: Int) {
    let known = tasks[task].failedOn
    if !known.contains(host), known.count < TaskFailureReport.hostLimit { tasks[task].failedOn.append(host) }
  }

  /// Whether the task can still fail: it is not done, and no result of it is on its way.
  private func canFail(_ task: Int) -> Bool { [.waiting, .ready, .running].contains(tasks[task].state) }

  mutating func countException(of task: Int, _ cause: FailureCause) {
    counters.exceptions += 1
    tasks[task].exceptions += 1
    guard canFail(task), tasks[task].exceptions >= settings.exceptionLimit else { return }
    giveUp(task, .failed, cause)
  }

  private mutating func countUnavailable(_ task: Int, _ cause: FailureCause) {
    counters.unavailable += 1
    tasks[task].unavailable += 1
    guard canFail(task), tasks[task].unavailable >= settings.unavailableLimit else { return }
    giveUp(task, .failed, cause)
  }

  /// The process that computed `task` on `row` died, or had to be ended. Either the task or the host is to blame;
  /// counting on both sides tells which.
  mutating func countDeath(of task: Int, on row: Int, _ cause: FailureCause) {
    counters.processDeaths += 1
    let id = workers[row]!.id
    note(workers[row]!.host, of: task)
    // Before the task is free again: a task that kills goes to the end of the queue.
    tasks[task].deaths += 1
    if !tasks[task].diedOn.contains(id) { tasks[task].diedOn.append(id) }
    if cause.isShortageOfMemory { askForMore(task, than: row) }
    release(task, from: row, because: "its process died")
    if !workers[row]!.kills.contains(task) { workers[row]!.kills.append(task) }
    if canFail(task), tasks[task].deaths >= settings.deathLimit {
      giveUp(task, .quarantined, cause)
      absolve(of: task)
    }
    quarantineIfDangerous(row)
  }

  /// The process was ended as the kernel ends those that it has no memory for: from now on only workers with more for a slot may have
  /// the task, if there are some.
  private mutating func askForMore(_ task: Int, than row: Int) {
    guard let memory = groups[workers[row]!.group].memory else { return }
    let (core, labels) = (queues[tasks[task].queue].core, queues[tasks[task].queue].labels)
    let more = ReadyQueue(core: core, labels: labels, memory: memory.next)
    guard groups.contains(where: { $0.usable > 0 && $0.supports(more) }) else { return }
    tasks[task].queue = queue(core: core, labels: labels, memory: memory.next)
    tell(task, "is for workers with more memory")
  }

  private mutating func giveUp(_ task: Int, _ state: TaskState, _ cause: FailureCause) {
    setState(task, .committing)
    cancelHolders(of: task, except: nil)
    markStuck(task, state, cause)
  }

  /// The task is the culprit, not the workers it died on.
  private mutating func absolve(of task: Int) {
    for id in tasks[task].diedOn {
      guard let row = workerIndex[id] else { continue }
      workers[row]!.kills.removeAll { $0 == task }
      guard workers[row]!.isQuarantined, workers[row]!.kills.count < settings.killLimit else { continue }
      workers[row]!.quarantinedUntil = nil
      refresh(row)
    }
  }

  private mutating func quarantineIfDangerous(_ row: Int) {
    guard workers[row]!.kills.count >= settings.killLimit, !workers[row]!.isQuarantined else { return }
    let others = groups.reduce(0) { $0 + $1.usable } - (workers[row]!.countsAsUsable ? 1 : 0)
    guard others > 0 else { return }
    workers[row]!.quarantinedUntil = clock.advanced(bySeconds: settings.quarantineSeconds)
    refresh(row)
    let count = workers[row]!.kills.count
    let minutes = Int((settings.quarantineSeconds / 60).rounded())
    actions.append(
      .report(
        Notice(
          .error,
          "worker \(name(of: row)) gets no work for \(minutes) min: the processes of \(count) different tasks died on it"
        )))
  }

  /// Those who are there besides it may be people who take tasks and finish none, so nobody is left out for ever. The next death
  /// counts at once.
  mutating func endQuarantine(of row: Int) {
    workers[row]!.quarantinedUntil = nil
    workers[row]!.kills = Array(workers[row]!.kills.suffix(settings.killLimit - 1))
    refresh(row)
  }

  /// Somebody else has finished a task of the worker. Who holds tasks and never finishes any, whatever he says, gets no more
  /// for a while, as long as there are others.
  mutating func noteOutdone(_ row: Int) {
    workers[row]!.outdone += 1
    guard workers[row]!.outdone >= settings.outdoneLimit, workers[row]!.benchedUntil == nil else { return }
    let others = groups.reduce(0) { $0 + $1.usable } - (workers[row]!.countsAsUsable ? 1 : 0)
    guard others > 0 else { return }
    workers[row]!.benchedUntil = clock.advanced(bySeconds: settings.benchSeconds)
    refresh(row)
    let minutes = Int((settings.benchSeconds / 60).rounded())
    actions.append(
      .report(
        Notice(
          .warning,
          "worker \(name(of: row)) gets no work for \(minutes) min: others have finished \(workers[row]!.outdone) of its tasks, "
            + "and it has finished none meanwhile")))
  }

  /// The next time counts at once, unless it has finished something by then.
  mutating func giveAnotherChance(to row: Int) {
    workers[row]!.benchedUntil = nil
    workers[row]!.outdone = settings.outdoneLimit - 1
    refresh(row)
  }

  /// A bad worker is better than none: tasks that kill are found out by their own count.
  mutating func liftQuarantineIfNobodyIsLeft() {
    guard groups.allSatisfy({ $0.usable == 0 }) else { return }
    for row in workers.indices where workers[row]?.benchedUntil != nil { giveAnotherChance(to: row) }
    for row in workers.indices where workers[row]?.isQuarantined == true {
      workers[row]!.quarantinedUntil = nil
      refresh(row)
    }
  }
}
