import Core
import Wire

/// What computes now, and how long the rest will take.
extension CoordinatorMachine {
  /// Work that is being done at this moment, of one sweep or of all.
  struct Work {
    /// Attempts that compute. A worker computes the first of what it holds, one in each slot.
    var computing = 0
    /// Seconds of their likely durations that have passed.
    var passed = 0.0
  }

  /// What computes, in all and by sweep.
  func currentWork() -> (all: Work, bySweep: [Int: Work]) {
    var all = Work()
    var bySweep: [Int: Work] = [:]
    for case let worker? in workers where !worker.isSuspect {
      for lease in worker.leases.filter({ $0.phase != .finished }).prefix(worker.slots) {
        let likely = durationClasses[tasks[lease.task].durationClass].likely
        let passed = lease.isCopy ? 0 : min(likely, max(0, clock.seconds(since: lease.granted)))
        all.computing += 1
        all.passed += passed
        for sweep in tasks[lease.task].sweeps {
          bySweep[sweep, default: Work()].computing += 1
          bySweep[sweep, default: Work()].passed += passed
        }
      }
    }
    return (all, bySweep)
  }

  /// Ready tasks that nobody who is connected may have. Costs something only when there are such.
  var outOfReach: Int {
    let strange = Set(
      queues.indices.filter { queue in
        queues[queue].heaps.values.contains { $0.first != nil }
          && !groups.contains { $0.members > 0 && $0.supports(queues[queue]) }
      })
    return strange.isEmpty ? 0 : tasks.count { $0.state == .ready && strange.contains($0.queue) }
  }

  /// Slots of workers that are given tasks now.
  var usableSlots: Int { groups.reduce(0) { $0 + $1.usableSlots } }

  /// How long so many unfinished tasks of each duration class will take; nil when nobody takes tasks.
  func secondsLeft(_ left: [Int: Int], _ work: Work) -> Double? {
    let count = left.values.reduce(0, +)
    guard count > 0 else { return 0 }
    guard usableSlots > 0 else { return nil }
    let seconds = left.sorted { $0.key < $1.key }.reduce(0) { $0 + Double($1.value) * durationClasses[$1.key].likely }
    return max(0, seconds - work.passed) / Double(min(usableSlots, count))
  }

  /// What is left of all sweeps that go on. A task that several of them want counts once, as long as none is paused.
  func secondsLeft(_ work: Work) -> Double? {
    let going = sweeps.filter { $0.isOpen && $0.counts.unfinished > 0 }
    guard sweeps.contains(where: { !$0.isOpen && $0.counts.unfinished > 0 }) else { return secondsLeft(left, work) }
    let sum = going.reduce(into: [Int: Int]()) { $0.merge($1.left, uniquingKeysWith: +) }
    return secondsLeft(sum.merging(left) { min($0, $1) }.filter { sum[$0.key] != nil }, work)
  }
}
