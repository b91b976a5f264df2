package import Core
package import Sweeps

/// Where a task stands with its coordinator, why it does not go on, and what happened to it.
package struct TaskExplanation: Hashable, Sendable {
  package enum State: UInt32, CaseIterable, Hashable, Sendable {
    case waiting = 1
    case ready = 2
    case running = 3
    case committing = 4
    case done = 5
    case failed = 6
    case quarantined = 7
    case blocked = 8
    case withdrawn = 9
  }

  /// A task that this one reads and that has no record.
  package struct Input: Hashable, Sendable {
    package let task: TaskID
    /// What people call it; empty where nobody said.
    package var label: String
    package let state: State

    package init(task: TaskID, label: String = "", state: State) {
      (self.task, self.label, self.state) = (task, label, state)
    }
  }

  /// A worker that may not be given the task now.
  package struct Obstacle: Hashable, Sendable {
    package enum Reason: UInt32, CaseIterable, Hashable, Sendable {
      /// It has the task.
      case holdsIt = 1
      /// It was not heard for a while.
      case silent = 2
      case draining = 3
      case quarantined = 4
      /// It does not have the BLAS kernel that the task must be computed with.
      case kernel = 5
      /// The task's process died there.
      case diedThere = 6
      /// Its slots are taken.
      case busy = 7
      /// It does not have a label that the task asks for.
      case labels = 8
      /// It has less memory for a slot than the task needs.
      case memory = 9
    }

    package let worker: WorkerID
    package let host: String
    package let reason: Reason

    package init(worker: WorkerID, host: String, reason: Reason) {
      (self.worker, self.host, self.reason) = (worker, host, reason)
    }
  }

  /// Something that happened to the task.
  package struct Event: Hashable, Sendable {
    package let secondsAgo: Double
    package let text: String
    package let worker: WorkerID?

    package init(secondsAgo: Double, text: String, worker: WorkerID?) {
      (self.secondsAgo, self.text, self.worker) = (secondsAgo, text, worker)
    }
  }

  package let task: TaskID
  /// What people call it; empty where nobody said.
  package var label = ""
  package var taskClass: String
  package var state: State
  /// The BLAS kernel that it must be computed with; nil for any.
  package var kernel: String?
  /// Bytes of memory that it is expected to take at least, or was found to; nil when nobody knows.
  package var memory: Int?
  /// Names of the sweeps that want it.
  package var sweeps: [String] = []
  /// Every sweep that wants it is paused.
  package var isPaused = false
  /// No grants for a moment, because the store failed.
  package var isStorePaused = false
  /// The first few.
  package var inputs: [Input] = []
  package var attempts: [RunningTask] = []
  /// Why it was given up.
  package var cause: FailureCause?
  /// The first few.
  package var obstacles: [Obstacle] = []
  /// How many workers there are.
  package var workerCount = 0
  /// The last ones, oldest first.
  package var story: [Event] = []

  package init(task: TaskID, taskClass: String, state: State) {
    (self.task, self.taskClass, self.state) = (task, taskClass, state)
  }
}
