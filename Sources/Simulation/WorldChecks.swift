import Coordination
import Core
import Wire

/// What must hold at every step, and at the end.
extension World {
  /// A slot runs one task at a time, with every input in the cache.
  func checkRun(_ host: Int, _ slot: Int, _ request: SlotRequest) throws {
    let task = request.attempt.task
    guard hosts[host].slots[slot].request == nil else {
      throw InvariantViolation("slot \(slot) of host \(host) is not free for task \(task.short)")
    }
    let item = workload.items[workload.index[task]!]
    guard request.inputs.keys.sorted() == item.specification.inputs.keys.sorted() else {
      throw InvariantViolation("task \(task.short) runs without an input")
    }
    for file in request.inputs.values.joined() where hosts[host].disk.status(of: file.path) == nil {
      throw InvariantViolation("task \(task.short) runs before object \(file.digest.short) is there")
    }
  }

  /// Everything that can have a record has one, the coordinator has said so, every agent has delivered everything, and who lies is
  /// known.
  func isComplete() throws -> Bool {
    hosts.allSatisfy { $0.machine?.attempts.isEmpty == true && $0.results.isEmpty } && allFinished
      && workload.items.allSatisfy { !needsRecord($0) || store.records[$0.specification.id] != nil }
      && settleable.allSatisfy { $0.verdict != .open }
  }

  /// The records are those of a run in which nothing went wrong.
  mutating func checkEnd() throws {
    for item in workload.items {
      let task = item.specification.id
      guard needsRecord(item) else {
        guard store.records[task] == nil else {
          throw InvariantViolation("task \(task.short) must fail, and has a record")
        }
        let isBlocked = !item.specification.inputs.values.allSatisfy(workload.canSucceed)
        guard isBlocked || store.failures[task] != nil else {
          throw InvariantViolation("the failure of task \(task.short) is not kept")
        }
        continue
      }
      let hosts = item.temper == .fickle ? Array(hosts.indices) : [0]
      var right = hosts.map { workload.success(of: item, host: $0) }
      // The first result stays, whoever brought it.
      if let liar, lies(liar, about: item) { right.append(workload.success(of: item, host: liar, isLie: true)) }
      guard store.failures[task] == nil else {
        throw InvariantViolation("task \(task.short) has a record, and a failure")
      }
      guard let record = store.records[task], right.contains(where: { $0.outcome == record.outcome }) else {
        throw InvariantViolation("task \(task.short) has another outcome than without faults")
      }
      for object in record.record.objects
      where !store.objects.contains(object.digest) && !vanished.contains(object.digest) {
        throw InvariantViolation("the store lost object \(object.digest.short)")
      }
      guard item.temper == .fickle || store.incidents[task] == nil || liar.map({ lies($0, about: item) }) == true else {
        throw InvariantViolation("task \(task.short) has incidents, though it is deterministic")
      }
    }
    try checkDisputes()
    let store = store
    try coordinator.loop.outside.real?.check(against: store)
  }

  /// Whether what the host hands in for the item is not what it should have found.
  func lies(_ host: Int, about item: Workload.Item) -> Bool { host == liar && item.specification.kind == .trial }

  /// Disputes that there are enough honest keys for: two that agree.
  private var settleable: [Dispute] {
    guard liar != nil, !sharesKey, hosts.count > 2 else { return [] }
    return store.disputes.filter { workload.items[workload.index[$0.task]!].temper != .fickle }
  }

  /// Who lies is named, and nobody else is.
  private mutating func checkDisputes() throws {
    for dispute in settleable {
      guard let liar, Set(dispute.wrong.map(\.key)) == [principal(liar).key] else {
        let named = dispute.wrong.map(\.key)
        throw InvariantViolation("in the dispute about task \(dispute.task.short) are named: \(named)")
      }
      count(.liarNamed)
    }
  }

  /// What keeps the cluster from being finished, for messages.
  var unfinished: String {
    let missing = workload.items.filter { needsRecord($0) && store.records[$0.specification.id] == nil }
    let stories = missing.prefix(2).flatMap {
      coordinator.machine?.story(of: $0.specification.id).suffix(12).map(\.description) ?? []
    }
    let agents = hosts.map {
      $0.machine.map { "\($0.attempts.count) attempts" } ?? "down"
    }
    let unsettled = settleable.filter { $0.verdict == .open }
    return "\(missing.count) records are missing, \(unsettled.count) disputes are open, coordinator "
      + (coordinator.machine.map { "\($0.status(includingWorkers: true))" } ?? "down")
      + ", agents: \(agents), spools: \(hosts.map(\.results.count))\n  " + stories.joined(separator: "\n  ")
  }
}
