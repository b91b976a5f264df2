import Core
import Synchronization

/// Counts how often it is asked whether a result is still wanted, and at last says no.
final class Questions: Sendable {
  private let state = Mutex((asked: 0, shares: [Double]()))
  private let limit: Int

  init(until limit: Int) { self.limit = limit }

  var asked: Int { state.withLock { $0.asked } }
  var shares: [Double] { state.withLock { $0.shares } }

  var context: TaskContext {
    TaskContext(
      report: { share in self.state.withLock { $0.shares.append(share) } },
      isWanted: {
        self.state.withLock {
          $0.asked += 1
          return $0.asked <= self.limit
        }
      })
  }
}
