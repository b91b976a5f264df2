import Core
import Wire

/// Connections that close: the first sign that a worker is gone.
extension CoordinatorMachine {
  /// The worker gets nothing new. Whether it is gone shows when it does not come back: sockets connect again at once.
  mutating func disconnected(_ id: WorkerID) {
    guard let row = workerIndex[id], workers[row]!.disconnected == nil else { return }
    workers[row]!.disconnected = clock
    workers[row]!.isSuspect = true
    refresh(row)
    returns.push(LivenessCheck(due: returnLimit(of: row), worker: row, join: workers[row]!.join))
  }

  private func returnLimit(of row: Int) -> Instant {
    let worker = workers[row]!
    let seconds = worker.host == settings.ownHost ? settings.returnSeconds : 3 * settings.heartbeatSeconds
    return (worker.disconnected ?? clock).advanced(bySeconds: seconds)
  }

  /// Forgets workers that did not come back in time.
  mutating func checkReturns() {
    while let check = returns.first, check.due <= clock {
      _ = returns.pop()
      guard let entry = workers[check.worker], entry.join == check.join, entry.disconnected != nil,
        returnLimit(of: check.worker) <= clock
      else { continue }
      counters.expiredWorkers += 1
      let text = "worker \(name(of: check.worker)) closed its connection and did not come back; it is forgotten"
      actions.append(.report(Notice(.warning, text)))
      forget(check.worker)
    }
  }
}
