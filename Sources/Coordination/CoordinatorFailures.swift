import Core
import Wire

/// Failures by class: who is to blame, and how often a task is tried.
extension CoordinatorMachine {
  mutating func take(_ failure: TaskEnding.Failure, _ attempt: AttemptName, task: Int, from row: Int) {
    acknowledge(attempt, workers[row]!.id)
    // A failure counts once, and only while its grant is in force.
    guard let index = workers[row]!.lease(of: task), workers[row]!.leases[index].epoch == attempt.epoch else { return }
    tell(task, "failed (\(failure.kind)): \(failure.reason)", worker: workers[row]!.id, epoch: attempt.epoch)
    if failure.kind == .processDied { return countDeath(of: task, on: row, reason: failure.reason) }
    release(task, from: row, because: "\(failure.kind)")
    switch failure.kind {
    case .exception: countException(of: task, reason: failure.reason)
    case .unavailable: countUnavailable(task, reason: failure.reason)
    case .handedBack: counters.handedBack += 1
    case .processDied: break
    }
  }

  /// Whether the task can still fail: it is not done, and no result of it is on its way.
  private func canFail(_ task: Int) -> Bool { [.waiting, .ready, .running].contains(tasks[task].state) }

  mutating func countException(of task: Int, reason: String) {
    counters.exceptions += 1
    tasks[task].exceptions += 1
    guard canFail(task), tasks[task].exceptions >= settings.exceptionLimit else { return }
    giveUp(task, .failed, reason: reason)
  }

  private mutating func countUnavailable(_ task: Int, reason: String) {
    counters.unavailable += 1
    tasks[task].unavailable += 1
    guard canFail(task), tasks[task].unavailable >= settings.unavailableLimit else { return }
    giveUp(task, .failed, reason: reason)
  }

  /// The process that computed `task` on `row` died, or had to be ended. Either the task or the host is to blame;
  /// counting on both sides tells which.
  mutating func countDeath(of task: Int, on row: Int, reason: String) {
    counters.processDeaths += 1
    let id = workers[row]!.id
    // Before the task is free again: a task that kills goes to the end of the queue.
    tasks[task].deaths += 1
    if !tasks[task].diedOn.contains(id) { tasks[task].diedOn.append(id) }
    release(task, from: row, because: "its process died")
    if !workers[row]!.kills.contains(task) { workers[row]!.kills.append(task) }
    if canFail(task), tasks[task].deaths >= settings.deathLimit {
      giveUp(task, .quarantined, reason: reason)
      absolve(of: task)
    }
    quarantineIfDangerous(row)
  }

  private mutating func giveUp(_ task: Int, _ state: TaskState, reason: String) {
    setState(task, .committing)
    cancelHolders(of: task, except: nil)
    markStuck(task, state, reason: reason)
  }

  /// The task is the culprit, not the workers it died on.
  private mutating func absolve(of task: Int) {
    for id in tasks[task].diedOn {
      guard let row = workerIndex[id] else { continue }
      workers[row]!.kills.removeAll { $0 == task }
      guard workers[row]!.isQuarantined, workers[row]!.kills.count < settings.killLimit else { continue }
      workers[row]!.isQuarantined = false
      refresh(row)
    }
  }

  private mutating func quarantineIfDangerous(_ row: Int) {
    guard workers[row]!.kills.count >= settings.killLimit, !workers[row]!.isQuarantined else { return }
    let others = groups.reduce(0) { $0 + $1.usable } - (workers[row]!.countsAsUsable ? 1 : 0)
    guard others > 0 else { return }
    workers[row]!.isQuarantined = true
    refresh(row)
    let count = workers[row]!.kills.count
    actions.append(
      .report(
        Notice(
          .error, "worker \(name(of: row)) gets no more work: the processes of \(count) different tasks died on it")))
  }

  /// A bad worker is better than none: tasks that kill are found out by their own count.
  mutating func liftQuarantineIfNobodyIsLeft() {
    guard groups.allSatisfy({ $0.usable == 0 }) else { return }
    for row in workers.indices where workers[row]?.isQuarantined == true {
      workers[row]!.isQuarantined = false
      refresh(row)
    }
  }
}
