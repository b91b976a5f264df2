package import Core
package import Wire

/// Which sweep is served: pauses, priorities and fair shares.
///
/// Every sweep that has ready tasks is served in turn, by the expected seconds of what was granted for it, divided by its
/// priority (start-time fair queueing: Goyal, Vin and Cheng 1997). One that had nothing to do for a while does not make up
/// for it later.
extension CoordinatorMachine {
  /// How a sweep is treated; nil when there is none.
  package func steering(of sweep: Digest) -> SweepSteering? { sweepIndex[sweep].map { sweeps[$0].steering } }

  /// Why the order cannot be followed, for people; nil when it can.
  package func obstacle(to order: SweepOrder, of id: Digest) -> String? {
    guard let sweep = sweepIndex[id].map({ sweeps[$0] }) else { return "there is no such sweep" }
    let name = "sweep \(sweep.id.short) (\(sweep.name))"
    switch order {
    case .pause, .priority: return sweep.announced ? "\(name) has ended" : nil
    case .resume:
      return sweep.isCancelled ? "\(name) was cancelled; submitting it again goes on" : nil
    case .forget:
      return sweep.announced ? nil : "\(name) has not ended; cancel it first"
    }
  }

  mutating func steer(_ id: Digest, _ order: SweepOrder) {
    guard let sweep = sweepIndex[id] else { return }
    switch order {
    case .pause: pause(sweep)
    case .resume:
      sweeps[sweep].steering.isPaused = false
      noteHunger(of: sweep)
    case .priority(let priority): sweeps[sweep].steering.priority = priority
    case .forget: sweeps[sweep].isForgotten = true
    }
  }

  /// The sweep is wanted, for the first time or again.
  ///
  /// - Parameter steering: how it was treated when the last coordinator ended; nil when somebody submits it.
  mutating func resume(_ sweep: Int, _ steering: SweepSteering?) {
    sweeps[sweep].isCancelled = false
    sweeps[sweep].isForgotten = false
    sweeps[sweep].steering.isPaused = false
    if let steering { sweeps[sweep].steering = steering }
    noteHunger(of: sweep)
  }

  /// Grants nothing more for the sweep. What runs goes on; what only waits for a slot comes back.
  private mutating func pause(_ sweep: Int) {
    sweeps[sweep].steering.isPaused = true
    noteHunger(of: sweep)
    for case let entry? in workers {
      for lease in entry.leases where lease.phase == .queued && !isServed(lease.task) {
        guard tasks[lease.task].sweeps.contains(sweep), let row = workerIndex[entry.id] else { continue }
        let attempt = AttemptName(task: tasks[lease.task].plan.id, epoch: lease.epoch)
        actions.append(.send(.cancel(attempt), to: entry.id))
        release(lease.task, from: row, because: "its sweep is paused")
      }
    }
  }

  /// Whether some sweep that wants the task may be served.
  func isServed(_ task: Int) -> Bool { tasks[task].sweeps.contains { sweeps[$0].isOpen } }

  /// How many tasks may be granted, at most.
  var grantable: Int { min(totals.ready, hungry.reduce(0) { $0 + sweeps[$1].counts.ready }) }

  /// The sweep may have begun, or ceased, to have something that can be granted.
  mutating func noteHunger(of sweep: Int) {
    let isHungry = sweeps[sweep].isOpen && sweeps[sweep].counts.ready > 0
    guard isHungry != sweeps[sweep].isHungry else { return }
    sweeps[sweep].isHungry = isHungry
    guard isHungry else { return hungry.removeAll { $0 == sweep } }
    sweeps[sweep].served = max(sweeps[sweep].served, shareClock)
    hungry.append(sweep)
  }

  /// Counts what is granted for the sweep.
  mutating func charge(_ task: Int, to sweep: Int) {
    shareClock = max(shareClock, sweeps[sweep].served)
    sweeps[sweep].served += max(expectedSeconds(of: task), 1e-3) / Double(sweeps[sweep].steering.priority)
  }
}
