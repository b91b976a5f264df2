package import Wire

/// What goes wrong by itself, or is noticed and dealt with: counted, so that a test can show that it happened.
package enum Trouble: String, CaseIterable, Hashable, Sendable {
  case messageLost
  case messageDuplicated
  case messageOvertaken
  /// A message was on its way for more than a second.
  case messageLate
  /// A message met a cable that was cut, at least in its direction.
  case messageCutOff
  /// The coordinator heard that an agent's connection had closed.
  case connectionClosed
  /// An agent found the coordinator in the other of the two places that it knows.
  case coordinatorFoundElsewhere
  /// A timer went off a tenth of a second late or more.
  case timerLate
  /// The coordinator noticed that it had been stopped or stuck, and blamed nobody for that time.
  case coordinatorWasLate
  /// The coordinator ended as it was told to.
  case coordinatorEndedInOrder
  /// The coordinator died when the store had a result, and nobody knew of it yet.
  case crashAfterCommit
  /// The coordinator died with a result that the store did not have yet.
  case crashBeforeCommit
  /// The coordinator died with objects that had arrived and were not durable.
  case crashLostObjects
  /// The store could not write.
  case commitRefused
  /// The store could not keep what was given up.
  case failuresNotSaved
  /// The store lacked an object of a result.
  case commitLackedObjects
  /// An input was gone from the store when an agent asked for it.
  case inputGone
  /// A transfer waited for an objects port that did not answer.
  case transferWaited
  /// An agent went on with an object where an earlier life had stopped.
  case transferResumed
  /// A piece of an object arrived with other bytes.
  case bytesDamagedOnTheWay
  /// A slot could not write the objects of its result.
  case objectsUnwritten
  /// A slot found that something it reads was gone, or not what it is named by.
  case inputUnreadable
  /// An agent died when a result was written, before it had its name.
  case crashBeforeResultHadItsName
  /// An agent died with a piece of an object that was not on its disk yet.
  case crashWhileReceiving
  /// An agent died between other changes of its disk.
  case crashBetweenChanges
  /// A process could not be started.
  case processNotStarted
  /// A result on an agent's disk was torn by a power cut.
  case resultTorn
  /// An agent came back with results of an earlier life.
  case resultsSurvivedTheirAgent
  /// Somebody handed in results that he was not asked for, and was refused.
  case inventedResultRefused
  /// A host handed in something else than it should have found.
  case wrongResultHandedIn
  /// Two keys agreed on what a task gives, and who had said something else was named.
  case liarNamed
  /// Tasks went to somebody who will never finish them.
  case tasksHoarded
  /// A task began on a host that is slower than others.
  case taskRanSlowly
  /// A task that hung was asked to stop.
  case hungTaskNoticed
  /// Ready tasks of a paused sweep waited until it went on.
  case pausedTaskWaited
  /// The coordinator took up another priority of a sweep.
  case priorityChanged
  /// A task that was no longer wanted stopped when it was asked to.
  case taskStopped
  /// A task that was no longer wanted did not stop, and lost its process.
  case processEndedAfterGrace
}

extension ClusterCounters {
  /// Both together.
  package static func + (left: ClusterCounters, right: ClusterCounters) -> ClusterCounters {
    var sum = left
    for path in ClusterCounters.all { sum[keyPath: path] += right[keyPath: path] }
    return sum
  }

  /// Every counter.
  private static var all: [WritableKeyPath<ClusterCounters, Int>] {
    [
      \.grants, \.copies, \.adopted, \.results, \.repeatedResults, \.incidents, \.exceptions, \.processDeaths,
      \.handedBack, \.unavailable, \.lostGrants, \.expiredWorkers, \.unknownPeers, \.refusedAgents, \.storeFailures,
      \.refusedRequests, \.audits,
    ]
  }
}
