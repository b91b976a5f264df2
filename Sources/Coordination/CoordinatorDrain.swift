package import Core
package import Wire

/// Workers that somebody wants to leave.
extension CoordinatorMachine {
  /// The workers that are meant, in the order in which they joined; none when a name is not that of exactly one.
  package func workers(_ selection: WorkerSelection) -> [WorkerID] {
    let all = workers.compactMap { $0 }.sorted { $0.join < $1.join }
    switch selection {
    case .all: return all.map(\.id)
    case .host(let host): return all.filter { $0.host == host }.map(\.id)
    case .named(let name):
      let matches = all.filter { $0.id.description.hasPrefix(name) || $0.host == name }
      return matches.count == 1 ? [matches[0].id] : []
    }
  }

  mutating func drain(_ id: WorkerID, within seconds: Double?) {
    guard let row = workerIndex[id] else { return }
    workers[row]!.drainAsked = true
    drainLimits[id] = seconds.map { clock.advanced(bySeconds: $0) }
    actions.append(.send(.drain, to: id))
    refresh(row)
  }

  /// Takes from workers that should have left by now what they have not finished, again when they did not hear it. That
  /// does not count against the tasks.
  mutating func endDrains() {
    let due = drainLimits.filter { $0.value <= clock }.keys.sorted()
    for id in due {
      guard let row = workerIndex[id] else { continue }
      let leases = workers[row]!.leases.filter { $0.phase != .finished }
      guard !leases.isEmpty else { continue }
      actions.append(
        .report(
          Notice(.warning, "worker \(name(of: row)) has not left in time; \(leases.count) of its tasks go to others")))
      for lease in leases {
        actions.append(.send(.cancel(AttemptName(task: tasks[lease.task].plan.id, epoch: lease.epoch)), to: id))
        release(lease.task, from: row, because: "its worker should have left")
      }
    }
  }
}
