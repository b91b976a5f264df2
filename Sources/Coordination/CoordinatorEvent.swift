package import Core
package import Sweeps
package import Wire

extension CoordinatorMachine {
  /// What happens to a coordinator.
  package enum Event: Hashable, Sendable {
    /// Time has reached ``CoordinatorMachine/nextDeadline``. Send it only after every frame that has already arrived
    /// was handled, so that nobody is taken for silent while his frames wait.
    case timePassed
    /// A frame of an agent, which ``Admission`` let in under its name.
    case received(AgentMessage, from: WorkerID, of: Principal = .anybody)
    /// The connection to the worker has closed, and every frame that came over it was handled.
    case disconnected(WorkerID)
    /// Somebody sent a frame who has said no hello, or a frame that his key has no right to.
    case turnedAway(isStranger: Bool)
    /// The worker's key was removed from the list of authorised keys, or may not compute any more.
    case cut(WorkerID, reason: String)
    /// A grant that an earlier life of this coordinator made. To be told after the open sweeps and before anything else.
    case grantedBefore(EarlierGrant)
    /// A sweep to run. Harmless when it is known already. After a restart, submit every open sweep before binding.
    case submitted(SweepPlan)
    /// The record of a ``Action/commit(_:)`` is durable, with every object that it names.
    case committed(AttemptName, by: WorkerID)
    /// A ``Action/commit(_:)`` did not come to a durable record.
    case commitFailed(AttemptName, by: WorkerID, CommitProblem)
    /// The store has results of a task that contradict each other. To be told after each of them was committed, and, of those that
    /// nobody has settled, when a coordinator starts.
    case disputed(Dispute)
    /// An object that a record names is gone from the store: what made it must run again.
    case objectLost(Digest)
    /// Nobody wants this sweep any more.
    case cancelSweep(Digest)
    /// Somebody wants this sweep to be treated otherwise.
    case steer(Digest, SweepOrder)
    /// Somebody wants this worker to take no more work, finish and leave; what it has not finished after so many seconds
    /// is given to others.
    case drain(WorkerID, withinSeconds: Double?)
    /// Give failed tasks and quarantined tasks and workers another chance.
    case retryFailed
    /// No more grants; the process is about to end. Results are still taken.
    case closing
  }

  /// What a coordinator wants done. The shell does them in order.
  package enum Action: Hashable, Sendable {
    /// Send to a peer, never blocking. A message that cannot be delivered may be dropped.
    case send(CoordinatorMessage, to: WorkerID)
    /// Check the request (``CommitRequest/problem``), make its objects, outcome, attempt and record durable, then
    /// answer with ``Event/committed(_:by:)`` or ``Event/commitFailed(_:by:_:)``. Many requests may share one
    /// transaction.
    case commit(CommitRequest)
    /// The worker is not known any more; its name is free.
    case forgotten(WorkerID)
    /// The answer to ``Event/submitted(_:)``.
    case accepted(Submitted)
    /// A task was given up. Keep the report; a record of the task makes it void.
    case gaveUp(TaskFailureReport)
    /// Every task of the sweep is done, failed or quarantined, waits for one that failed, or is no longer wanted. Said again when a sweep that was
    /// finished is submitted again, or has run again.
    case sweepFinished(Digest, SweepCounts)
    /// A line for the log.
    case report(Notice)
  }

  /// Why a commit did not happen.
  package enum CommitProblem: Hashable, Sendable {
    /// The store lacks objects that the outcome names; the agent is told to put them first.
    case lackingObjects([Digest])
    /// The result contradicts itself; counts as an exception of the task.
    case malformed(String)
    /// The store could not write (disk full, read-only): the agent keeps the result and sends it again.
    case storeFailed(String)
  }
}

/// Something that an operator should read.
package struct Notice: Hashable, Sendable {
  package enum Level: String, Sendable, Hashable {
    case information
    case warning
    case error
  }

  package let level: Level
  package let text: String

  package init(_ level: Level, _ text: String) {
    self.level = level
    self.text = text
  }
}
