import Core
package import Wire

extension WorkerMachine {
  /// Throws an ``InvariantViolation`` when the machine contradicts itself; for tests.
  package func checkInvariants() throws {
    func require(_ condition: Bool, _ text: String) throws {
      if !condition { throw InvariantViolation("worker \(settings.id.short): \(text)") }
    }
    let tasks = held.map(\.task)
    try require(Set(tasks).count == tasks.count, "a task is held twice")
    let names = finished.map(\.ending.attempt)
    try require(Set(names).count == names.count, "a result is kept twice")
    for attempt in held {
      try require(attempt.slot.map { slots[$0].task == attempt.task } ?? true, "a slot does not know its task")
      try require(
        !attempt.isRunning || attempt.slot.map { slots[$0].state == .running } ?? false, "runs outside a slot")
      try require(attempt.slot == nil || attempt.missing.isEmpty, "an attempt has a slot before its inputs")
      try require(attempt.missing.isSubset(of: fetching), "an object is missing that nobody fetches")
    }
    for slot in slots {
      try require(slot.task.map(tasks.contains) ?? true, "a slot has a task that is not held")
      try require(slot.state != .running || slot.task != nil, "a slot runs nothing")
    }
    try require(actions.isEmpty, "an event left something unsaid")
  }

  /// What the agent holds, for `/state.json` and tests.
  package var attempts: [AttemptReport] {
    held.map(\.report) + finished.map { AttemptReport(attempt: $0.ending.attempt, phase: .finished) }
  }
}
