package import Core
import Sweeps
package import Wire

/// Why a task does not go on.
extension CoordinatorMachine {
  /// The task whose id starts with `text`, when exactly one does.
  package func task(named text: String) -> TaskID? {
    if let id = TaskID(text) { return taskIndex[id] == nil ? nil : id }
    let found = tasks.lazy.filter { $0.plan.id.description.hasPrefix(text) }.prefix(2)
    return found.count == 1 ? found.first?.plan.id : nil
  }

  /// Where the task stands; nil when there is none. Labels are the shell's to add. Fits a frame.
  package func explanation(of id: TaskID) -> TaskExplanation? {
    guard let task = taskIndex[id] else { return nil }
    let entry = tasks[task]
    var explanation = TaskExplanation(task: id, taskClass: entry.plan.durationClass.clipped(), state: entry.state.told)
    explanation.kernel = entry.plan.numericsCore
    explanation.memory = queues[entry.queue].memory?.bytes
    explanation.sweeps = entry.sweeps.filter { !sweeps[$0].isCancelled }.prefix(Limits.statusLines).map {
      sweeps[$0].name.clipped()
    }
    explanation.isPaused = isWanted(task) && !isServed(task)
    explanation.isStorePaused = pausedUntil != nil
    explanation.inputs = entry.inputs.filter { tasks[$0.task].state != .done }.prefix(Limits.statusLines).map {
      TaskExplanation.Input(task: tasks[$0.task].plan.id, state: tasks[$0.task].state.told)
    }
    explanation.attempts = attempts(of: task)
    explanation.cause = entry.cause?.clipped(to: 500)
    explanation.workerCount = workerIndex.count
    if entry.state == .ready { explanation.obstacles = obstacles(for: task) }
    explanation.story = story.entries(of: id).suffix(Limits.statusLines).map {
      TaskExplanation.Event(
        secondsAgo: max(0, lastEvent.seconds(since: $0.instant)), text: $0.text.clipped(), worker: $0.worker)
    }
    return explanation
  }

  private func attempts(of task: Int) -> [RunningTask] {
    tasks[task].holders.compactMap { row in
      guard let worker = workers[row], let lease = worker.lease(of: task).map({ worker.leases[$0] }) else { return nil }
      return RunningTask(
        task: tasks[task].plan.id, label: "", worker: worker.id, host: worker.host.clipped(),
        seconds: clock.seconds(since: lease.granted), thousandths: lease.thousandths)
    }
  }

  private func obstacles(for task: Int) -> [TaskExplanation.Obstacle] {
    workers.indices.filter { workers[$0] != nil }.compactMap { row in
      obstacle(for: task, on: row).map {
        TaskExplanation.Obstacle(worker: workers[row]!.id, host: workers[row]!.host.clipped(), reason: $0)
      }
    }.prefix(Limits.statusLines).map { $0 }
  }

  /// Why the worker may not be given the ready task now; nil when it may.
  private func obstacle(for task: Int, on row: Int) -> TaskExplanation.Obstacle.Reason? {
    let worker = workers[row]!
    if tasks[task].holders.contains(row) { return .holdsIt }
    if worker.isSuspect || worker.isDeaf { return .silent }
    if worker.drainAsked || worker.isDraining { return .draining }
    if worker.isQuarantined { return .quarantined }
    let (group, queue) = (groups[worker.group], queues[tasks[task].queue])
    if !group.hasMemory(for: queue) { return .memory }
    if !group.supports(queue) { return queue.labels.allSatisfy(group.labels.contains) ? .kernel : .labels }
    if !mayRun(task, on: row) { return .diedThere }
    return worker.currentAppetite == .none ? .busy : nil
  }
}

extension TaskState {
  fileprivate var told: TaskExplanation.State {
    switch self {
    case .waiting: .waiting
    case .ready: .ready
    case .running: .running
    case .committing: .committing
    case .done: .done
    case .failed: .failed
    case .quarantined: .quarantined
    case .blocked: .blocked
    case .withdrawn: .withdrawn
    }
  }
}
