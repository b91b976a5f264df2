import Wire

/// What goes wrong by itself, or is noticed and dealt with: counted, so that a test can show that it happened.
package enum Trouble: String, CaseIterable, Hashable, Sendable {
  case messageLost
  case messageDuplicated
  case messageOvertaken
  /// The coordinator died with a result on its way into the store, which kept it.
  case crashAfterCommit
  /// The same, and the store had nothing.
  case crashBeforeCommit
  /// The store could not write.
  case commitRefused
  /// The store lacked an object of a result.
  case commitLackedObjects
  /// An input was gone from the store when an agent asked for it.
  case inputGone
  /// An agent could not keep a result.
  case spoolRefused
  /// An agent came back with results of an earlier life.
  case resultsSurvivedTheirAgent
  /// A task that was no longer wanted stopped when it was asked to.
  case taskStopped
  /// A task that was no longer wanted did not stop, and lost its process.
  case processEndedAfterGrace
}

extension ClusterCounters {
  /// Both together.
  static func + (left: ClusterCounters, right: ClusterCounters) -> ClusterCounters {
    var sum = left
    for path in ClusterCounters.all { sum[keyPath: path] += right[keyPath: path] }
    return sum
  }

  /// Every counter.
  private static var all: [WritableKeyPath<ClusterCounters, Int>] {
    [
      \.grants, \.copies, \.adopted, \.results, \.repeatedResults, \.variants, \.exceptions, \.processDeaths,
      \.handedBack, \.unavailable, \.lostGrants, \.expiredWorkers, \.unknownPeers, \.refusedAgents, \.storeFailures,
    ]
  }
}
