import Core
import Wire

/// A rule of our own that does not hold: a bug.
package struct InvariantViolation: Error, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}

extension CoordinatorMachine {
  /// Throws an ``InvariantViolation`` when the machine contradicts itself. Costs as much as there are tasks; for tests.
  package func checkInvariants() throws {
    try checkTasks()
    try checkLeases()
    try checkLists()
    try checkKeys()
    try checkDisputes()
    try require(actions.isEmpty && grants.isEmpty && finishCandidates.isEmpty, "an event left something unsaid")
  }

  private func require(_ condition: Bool, _ text: @autoclosure () -> String) throws {
    if !condition { throw InvariantViolation(text()) }
  }

  private func checkTasks() throws {
    var counts = SweepCounts()
    var perSweep = sweeps.map { _ in SweepCounts() }
    let queued = try checkQueues()
    for (task, entry) in tasks.enumerated() {
      // Only for who reads it: this is where the time of a simulation goes.
      func name() -> String { "task \(entry.plan.id.short) (\(entry.state))" }
      counts.add(1, to: entry.state)
      for sweep in entry.sweeps { perSweep[sweep].add(1, to: entry.state) }
      let missing = entry.inputs.count { tasks[$0.task].state != .done }
      let isStuck = entry.inputs.contains { tasks[$0.task].state.isStuck }
      try require(
        entry.missingInputs == missing, "\(name()) counts \(entry.missingInputs) missing inputs, there are \(missing)")
      let places = queued[task, default: []]
      try require(places == (entry.state == .ready ? Set(entry.sweeps) : []), "\(name()): the queues say otherwise")
      try require(
        (entry.state == .committing) == (pendingCommits[task] != nil), "\(name()): pending commits say otherwise")
      try require((entry.state == .done) == (entry.record != nil), "\(name()): its record says otherwise")
      switch entry.state {
      case .waiting: try require(missing > 0 && !isStuck && entry.holders.isEmpty, "\(name()) has nothing to wait for")
      case .ready: try require(missing == 0 && entry.holders.isEmpty, "\(name()) is not ready")
      case .running: try require(!entry.holders.isEmpty, "\(name()) is held by nobody")
      case .committing: break
      case .done, .failed, .quarantined: try require(entry.holders.isEmpty, "\(name()) is still held")
      case .withdrawn: try require(!isWanted(task) && entry.holders.isEmpty, "\(name()) is wanted or held")
      case .blocked: try require(isStuck && entry.holders.isEmpty, "\(name()) is blocked by nothing")
      }
    }
    var left: [Int: Int] = [:]
    for entry in tasks where entry.state.isUnfinished { left[entry.durationClass, default: 0] += 1 }
    try require(self.left.filter { $0.value != 0 } == left, "what is left is \(self.left), the tasks say \(left)")
    for (index, sweep) in sweeps.enumerated() {
      let count = tasks.count { $0.state.isUnfinished && $0.sweeps.contains(index) }
      try require(sweep.left.values.reduce(0, +) == count, "sweep \(sweep.name) miscounts what is left")
    }
    try require(counts == totals, "the totals are \(totals), the tasks say \(counts)")
    for (sweep, counts) in zip(sweeps, perSweep) {
      try require(sweep.counts == counts, "sweep \(sweep.name) counts \(sweep.counts), its tasks say \(counts)")
      try require(sweep.announced == counts.isFinished, "the end of sweep \(sweep.name) was told \(sweep.announced)")
    }
  }

  /// For every ready task that is queued, the sweeps among whose tasks it is.
  private func checkQueues() throws -> [Int: Set<Int>] {
    var queued: [Int: Set<Int>] = [:]
    for (sweep, heap) in queues.flatMap({ $0.heaps.map { ($0.key, $0.value) } }) {
      var heap = heap
      while let entry = heap.pop() {
        guard tasks[entry.task].state == .ready, tasks[entry.task].stamp == entry.stamp else { continue }
        let isNew = queued[entry.task, default: []].insert(sweep).inserted
        try require(isNew, "task \(entry.task) is queued twice")
      }
    }
    for (index, sweep) in sweeps.enumerated() {
      let isHungry = sweep.isOpen && sweep.counts.ready > 0
      try require(sweep.isHungry == isHungry, "sweep \(sweep.name) is hungry: \(!isHungry)")
      try require(hungry.count { $0 == index } == (isHungry ? 1 : 0), "the list of hungry sweeps says otherwise")
    }
    return queued
  }

  private func checkLeases() throws {
    var epochs: Set<UInt64> = []
    for (row, entry) in workers.enumerated() {
      guard let entry else { continue }
      try require(workerIndex[entry.id] == row, "worker \(entry.id.short) is not found")
      for lease in entry.leases {
        try require(tasks[lease.task].holders.contains(row), "\(entry.id.short) holds a task that does not know")
        // A finished attempt may be told of again by its agent's next life, under another name.
        if lease.epoch.value >> 32 == UInt64(settings.coordinatorEpoch), lease.phase != .finished {
          try require(epochs.insert(lease.epoch.value).inserted, "epoch \(lease.epoch) was granted twice")
          try require(
            UInt32(truncatingIfNeeded: lease.epoch.value) <= lastGrant, "epoch \(lease.epoch) is from the future")
        }
      }
    }
    for entry in tasks {
      try require(entry.holders.count <= 2, "task \(entry.plan.id.short) has \(entry.holders.count) holders")
      let leases = entry.holders.compactMap { row in
        workers[row].flatMap { holder in holder.lease(of: taskIndex[entry.plan.id]!).map { holder.leases[$0] } }
      }
      try require(
        leases.count == entry.holders.count, "task \(entry.plan.id.short) is held by a worker that does not know")
      try require(leases.count { !$0.isCopy } <= 1, "task \(entry.plan.id.short) has two leases that are no copies")
    }
  }

  private func checkKeys() throws {
    for (index, account) in keys.enumerated() {
      let own = workers.compactMap { $0 }.filter { $0.key == index }
      try require(account.workers == own.count, "a key counts \(account.workers) workers, there are \(own.count)")
      try require(own.allSatisfy { $0.principal.key == account.key }, "a worker has another key than its account")
      var readable: [Digest: Int] = [:]
      let audited = audits.values.filter { workers[$0.row]?.key == index }.map(\.lease)
      for digest in (own.flatMap(\.leases) + audited).flatMap(\.reads) { readable[digest, default: 0] += 1 }
      try require(account.readable == readable, "a key may read other objects than its leases")
    }
    for (row, worker) in workers.enumerated() {
      let count = audits.values.count { $0.row == row }
      try require(worker?.audits ?? 0 == count, "a worker counts \(worker?.audits ?? 0) audits, there are \(count)")
    }
    for (index, group) in groups.enumerated() {
      let members = workers.count { $0?.group == index }
      try require(group.members == members, "a group counts \(group.members) members, there are \(members)")
    }
  }

  private func checkDisputes() throws {
    try require(Set(unsettled).count == unsettled.count, "a dispute waits twice")
    for (task, dispute) in disputes where taskIndex[task] != nil {
      let waits = unsettled.contains(task)
      try require(waits == (dispute.until == nil), "the dispute about task \(task.short) waits: \(waits)")
    }
    try require(unsettled.allSatisfy { disputes[$0] != nil }, "something waits that nobody disputes")
  }

  private func checkLists() throws {
    for (index, group) in groups.enumerated() {
      let members = workers.indices.filter { workers[$0]?.group == index }
      for (order, appetite) in [(group.idle, WorkerEntry.Appetite.idle), (group.ahead, .ahead)] {
        let listed = Set(order.prefix(.max))
        let expected = Set(members.filter { workers[$0]!.currentAppetite == appetite })
        try require(listed == expected, "the \(appetite) workers are \(expected), the list says \(listed)")
      }
      let usableSlots = members.filter { workers[$0]!.isUsable }.reduce(0) { $0 + workers[$1]!.slots }
      try require(group.usableSlots == usableSlots, "a group miscounts its usable slots")
      try require(group.usable == members.count { workers[$0]!.isUsable }, "a group miscounts its usable workers")
    }
  }
}
