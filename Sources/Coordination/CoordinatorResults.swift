import Core
import Wire

/// From a result to a record.
extension CoordinatorMachine {
  mutating func take(_ ending: TaskEnding, from row: Int) {
    let id = workers[row]!.id
    guard let task = taskIndex[ending.attempt.task] else {
      let rejected = RejectedResult(
        attempt: ending.attempt, cause: .unknownTask, reason: "no sweep here wants this task")
      return actions.append(.send(.rejectedResult(rejected), to: id))
    }
    switch ending.ending {
    case .success(let success):
      let isRepeated = tasks[task].record?.outcome == Digest(of: success.outcome)
      guard isRepeated || wasGranted(ending.attempt, task: task, to: workers[row]!.principal.key) else {
        tell(task, "a result that nobody asked for", worker: id, epoch: ending.attempt.epoch)
        return reject(ending.attempt, id, .notGranted, "the task was not granted to this key", [])
      }
      take(success, ending, task: task, from: row)
    case .failure(let failure):
      endAudit(ending.attempt.epoch, of: row)
      take(failure, ending.attempt, task: task, from: row)
    }
  }

  /// The first sound result of a task is made durable, whichever attempt it comes from, and stays. Later ones are
  /// acknowledged; one that differs is kept as an incident first.
  private mutating func take(_ success: TaskEnding.Success, _ ending: TaskEnding, task: Int, from row: Int) {
    let outcome = Digest(of: success.outcome)
    let isAudit = endAudit(ending.attempt.epoch, of: row)
    if tasks[task].state == .done {
      if !isAudit { counters.repeatedResults += 1 }
      if tasks[task].record?.outcome == outcome {
        // Who else has found the same is written down where somebody wants to know.
        guard isAudit || disputes[tasks[task].plan.id] != nil else {
          return acknowledge(ending.attempt, workers[row]!.id)
        }
        return commit(ending, success, outcome, task: task, row: row, isIncident: false)
      }
      counters.incidents += 1
      tell(task, "another outcome", worker: workers[row]!.id, epoch: ending.attempt.epoch)
      return commit(ending, success, outcome, task: task, row: row, isIncident: true)
    }
    if let lease = workers[row]!.lease(of: task) {
      workers[row]!.leases[lease].phase = .finished
      refresh(row)
    }
    // While one result is being made durable the others wait: their agents send them again.
    guard tasks[task].state != .committing else { return }
    counters.results += 1
    pendingCommits[task] = PendingCommit(
      attempt: ending.attempt, worker: workers[row]!.id, record: TaskRecord(outcome: outcome, objects: success.objects),
      seconds: ending.seconds)
    let wasStuck = tasks[task].state.isStuck
    setState(task, .committing)
    if wasStuck { unblockDependents(of: task) }
    tell(task, "result arrived", worker: workers[row]!.id, epoch: ending.attempt.epoch)
    commit(ending, success, outcome, task: task, row: row, isIncident: false)
  }

  private mutating func commit(
    _ ending: TaskEnding, _ success: TaskEnding.Success, _ outcome: Digest, task: Int, row: Int, isIncident: Bool
  ) {
    actions.append(
      .commit(
        CommitRequest(
          attempt: ending.attempt, worker: workers[row]!.id, principal: workers[row]!.principal,
          kind: tasks[task].plan.kind, outcome: outcome,
          success: success, isIncident: isIncident)))
  }

  mutating func acknowledge(_ attempt: AttemptName, _ worker: WorkerID) {
    actions.append(.send(.acknowledgement(attempt), to: worker))
  }

  /// Only now is the result safe, and only now is it acknowledged.
  mutating func committed(_ attempt: AttemptName, by worker: WorkerID) {
    acknowledge(attempt, worker)
    guard let task = taskIndex[attempt.task], let pending = pendingCommits[task], pending.attempt == attempt,
      pending.worker == worker
    else { return }
    pendingCommits[task] = nil
    if let row = workerIndex[worker] {
      workers[row]!.results += 1
      workers[row]!.outdone = 0
      workers[row]!.benchedUntil = nil
      refresh(row)
      wishAudit(of: task, by: workers[row]!.key)
    }
    durationClasses[tasks[task].durationClass].add(pending.seconds)
    complete(task, pending.record, by: workerIndex[worker])
  }

  /// The task is done; `row` is the worker that did it, when it is still here.
  mutating func complete(_ task: Int, _ record: TaskRecord, by row: Int?) {
    let wasStuck = tasks[task].state.isStuck
    pendingCommits[task] = nil
    setState(task, .committing)
    cancelHolders(of: task, except: row)
    if let row {
      workers[row]!.held.insert(task)
      workers[row]!.kills.removeAll { $0 == task }
    }
    tell(task, "done", worker: row.map { workers[$0]!.id })
    if wasStuck { unblockDependents(of: task) }
    markDone(task, record)
  }

  mutating func commitFailed(_ attempt: AttemptName, by worker: WorkerID, _ problem: CommitProblem) {
    let task = taskIndex[attempt.task]
    let isPending = task.flatMap { pendingCommits[$0] }.map { $0.attempt == attempt && $0.worker == worker } ?? false
    switch problem {
    case .lackingObjects(let digests):
      reject(
        attempt, worker, .lackingObjects, "\(digests.count) objects are not in the store",
        Array(digests.prefix(Limits.digests)))
      if let task, isPending { abandonCommit(task) }
    case .malformed(let reason):
      reject(attempt, worker, .malformed, reason, [])
      guard let task, isPending else { return }
      abandonCommit(task)
      if let row = workerIndex[worker], workers[row]!.lease(of: task) != nil {
        release(task, from: row, because: "its result was malformed")
      }
      countException(of: task, .malformedResult(lastWords: reason))
    case .storeFailed(let reason):
      counters.storeFailures += 1
      if pausedUntil == nil { actions.append(.report(Notice(.error, "the store failed; results wait: \(reason)"))) }
      pausedUntil = clock.advanced(bySeconds: settings.storePauseSeconds)
      if let task, isPending { abandonCommit(task) }
    }
  }

  private mutating func reject(
    _ attempt: AttemptName, _ worker: WorkerID, _ cause: RejectedResult.Cause, _ reason: String, _ lacking: [Digest]
  ) {
    let rejected = RejectedResult(attempt: attempt, cause: cause, reason: reason, lacking: lacking)
    actions.append(.send(.rejectedResult(rejected), to: worker))
  }

  /// The result did not become a record; its agent keeps it.
  private mutating func abandonCommit(_ task: Int) {
    pendingCommits[task] = nil
    tell(task, "was not committed")
    settle(task)
  }
}
