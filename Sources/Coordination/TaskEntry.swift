import Core
import Sweeps
import Wire

/// Where a task stands with the coordinator.
enum TaskState: String, CaseIterable, Sendable {
  /// Some input has no record. Can become ready, blocked, or, by a late result, committing.
  case waiting
  /// Can be granted. Can become running, waiting (an input was lost), committing.
  case ready
  /// At least one worker holds it. Can become ready or waiting (all attempts gone), committing, failed, quarantined.
  case running
  /// A result is being made durable. Can become done, or, when that fails, whatever it was.
  case committing
  /// Has a record. Can become ready or waiting when an object of the record is lost.
  case done
  /// Threw too often, or its inputs could not be had. Leaves only by a retry or by a late result.
  case failed
  /// Its process died too often. Leaves like failed.
  case quarantined
  /// An input failed, was quarantined or is blocked. Can become waiting or ready when that is retried.
  case blocked
  /// Every sweep that wanted it was cancelled. Can become waiting or ready when one wants it again, or, by a late result,
  /// committing.
  case withdrawn

  /// Something is still to be done for it.
  var isUnfinished: Bool { [.waiting, .ready, .running, .committing].contains(self) }

  /// It will not produce its outputs by itself.
  var isStuck: Bool { self == .failed || self == .quarantined || self == .blocked }
}

extension SweepCounts {
  mutating func add(_ difference: Int, to state: TaskState) {
    switch state {
    case .waiting: waiting += difference
    case .ready: ready += difference
    case .running, .committing: running += difference
    case .done: done += difference
    case .failed: failed += difference
    case .quarantined: quarantined += difference
    case .blocked: blocked += difference
    case .withdrawn: withdrawn += difference
    }
  }
}

/// An input of a task: the name it knows it by, and the place of the producing task in the table.
struct TaskInput: Equatable, Sendable {
  let name: String
  let task: Int
}

/// A row of the coordinator's table of tasks. Rows are named by their index, which never changes.
struct TaskEntry: Equatable, Sendable {
  let plan: PlannedTask
  /// Sorted by name.
  let inputs: [TaskInput]
  /// Index of the ready queue for what it asks of a worker; grows when it turns out to need more memory.
  var queue: Int
  /// Index of its duration class.
  let durationClass: Int
  var state = TaskState.waiting
  /// Sweeps that want it, by index.
  var sweeps: [Int] = []
  var dependents: [Int] = []
  /// Inputs without a record.
  var missingInputs = 0
  /// Longest chain of tasks that need this one.
  var level = 0
  /// Expected duration of the longest such chain.
  var secondsBehind = 0.0
  /// Workers that hold an attempt, by index, in order of the grants.
  var holders: [Int] = []
  var exceptions = 0
  var unavailable = 0
  var deaths = 0
  /// Where its process died.
  var diedOn: [WorkerID] = []
  /// Names of the hosts where attempts failed, the first few.
  var failedOn: [String] = []
  /// Why it failed or was quarantined.
  var cause: FailureCause?
  var record: TaskRecord?
  /// To whom it was granted, the last times.
  var issued: [IssuedGrant] = []
  /// Grows whenever the task leaves the ready state, so that its old entry in the queue is recognised.
  var stamp: UInt32 = 0
}
