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

  /// Everything that can have a record has one, the coordinator has said so, and every agent has delivered everything.
  func isComplete() throws -> Bool {
    hosts.allSatisfy { $0.machine?.attempts.isEmpty == true && $0.results.isEmpty } && allFinished
      && workload.items.allSatisfy { !needsRecord($0) || store.records[$0.specification.id] != nil }
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
      let right = hosts.map { workload.success(of: item, host: $0) }
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
      guard item.temper == .fickle || store.incidents[task] == nil else {
        throw InvariantViolation("task \(task.short) has incidents, though it is deterministic")
      }
    }
    let store = store
    try coordinator.loop.outside.real?.check(against: store)
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
    return "\(missing.count) records are missing, coordinator "
      + (coordinator.machine.map { "\($0.status(includingWorkers: true))" } ?? "down")
      + ", agents: \(agents), spools: \(hosts.map(\.results.count))\n  " + stories.joined(separator: "\n  ")
  }
}
