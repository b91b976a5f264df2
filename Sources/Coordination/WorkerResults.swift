import Core
import Wire

/// From a result to its acknowledgement.
extension WorkerMachine {
  /// Keeps an ending until the coordinator has it. A success is written to the disk first; a failure may be lost with
  /// the agent, since the task is then simply tried again.
  mutating func keep(_ ending: TaskEnding) {
    if case .success = ending.ending {
      finished.append(FinishedAttempt(ending: ending, stage: .spooling))
      actions.append(.spool(ending))
    } else {
      finished.append(FinishedAttempt(ending: ending, stage: .sending))
    }
  }

  private func index(of attempt: AttemptName) -> Int? { finished.firstIndex { $0.ending.attempt == attempt } }

  mutating func spooled(_ attempt: AttemptName) {
    guard let index = index(of: attempt), finished[index].stage == .spooling else { return }
    offer(index)
  }

  /// Puts the result's objects into the store, when it has any; the result follows.
  mutating func offer(_ index: Int) {
    guard let objects = finished[index].success?.objects, !objects.isEmpty else {
      finished[index].stage = .sending
      return
    }
    finished[index].stage = .offering
    if link == .welcome { actions.append(.offer(finished[index].ending.attempt, objects)) }
  }

  mutating func setStage(_ stage: FinishedAttempt.Stage, of attempt: AttemptName) {
    guard let index = index(of: attempt), finished[index].stage != .spooling else { return }
    finished[index].stage = stage
    finished[index].lastSent = nil
  }

  mutating func objectsRefused(_ attempt: AttemptName, _ reason: String) {
    setStage(.refused(until: now.advanced(bySeconds: settings.pauseSeconds)), of: attempt)
    actions.append(
      .report(Notice(.warning, "the coordinator does not take an object of task \(attempt.task.short): \(reason)")))
  }

  mutating func spoolFailed(_ attempt: AttemptName, _ reason: String) {
    guard let index = index(of: attempt) else { return }
    finished[index] = FinishedAttempt(
      ending: TaskEnding(
        attempt: attempt, seconds: 0, ending: fail(.notKept(lastWords: reason))),
      stage: .sending)
    pause()
    actions.append(.report(Notice(.error, "the result of task \(attempt.task.short) cannot be kept: \(reason)")))
  }

  mutating func acknowledged(_ attempt: AttemptName) {
    guard let index = index(of: attempt) else { return }
    if finished.remove(at: index).success != nil { actions.append(.discard(attempt)) }
  }

  mutating func take(_ rejected: RejectedResult) {
    guard let index = index(of: rejected.attempt), finished[index].success != nil else { return }
    if rejected.cause == .lackingObjects { return offer(index) }
    finished.remove(at: index)
    actions.append(.discard(rejected.attempt))
    actions.append(
      .report(Notice(.warning, "the result of task \(rejected.attempt.task.short) is not wanted: \(rejected.reason)")))
  }
}
