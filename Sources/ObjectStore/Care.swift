package import Core

/// Something wrong in a store, found by ``Store/check(progress:)``.
package enum Problem: Hashable, Sendable, CustomStringConvertible {
  /// The bytes at `place` are not those the name promises.
  case damagedObject(Digest, place: String)
  /// An outcome of each of `neededBy` refers to an object that is not there.
  case missingObject(Digest, neededBy: [TaskID])
  /// The file `name` that a sweep was submitted with is not there.
  case missingSource(Digest, name: String, sweepName: String, sweep: Digest)
  /// What was committed is not what is there.
  case incomplete(String)
  /// A record of a task does not agree with its own digests.
  case damagedRecord(TaskID, what: String)
  /// A record that belongs to no task or sweep, or whose name does not fit its content.
  case damagedEntry(String)
  /// A file that the store did not put there.
  case strayFile(String)
  /// SQLite's own verdict on `winnow.sqlite`.
  case database(String)

  package var description: String {
    switch self {
    case .damagedObject(let digest, let place): "object \(digest) is damaged (\(place))"
    case .missingObject(let digest, let tasks):
      "object \(digest) is missing; needed by \(tasks.count == 1 ? "task" : "tasks") "
        + tasks.prefix(5).map(\.short).joined(separator: ", ") + (tasks.count > 5 ? " and \(tasks.count - 5) more" : "")
    case .missingSource(let digest, let name, let sweepName, _):
      "\(name) of sweep \(sweepName) is missing (object \(digest.short)); submit the sweep again where its files are"
    case .incomplete(let what): what
    case .damagedRecord(let task, let what): "record of task \(task.short): \(what)"
    case .damagedEntry(let what): what
    case .strayFile(let path): "\(path) does not belong here"
    case .database(let message): "winnow.sqlite: \(message)"
    }
  }
}

/// What ``Store/check(progress:)`` verified and found.
package struct CheckReport: Hashable, Sendable {
  package var objects = 0
  /// Bytes whose digest was recomputed.
  package var bytes = 0
  package var outcomes = 0
  /// Objects that outcomes name and that were not kept, on purpose.
  package var released = 0
  package var problems: [Problem] = []
  /// Sentences about files of sweeps that an earlier repair gave up; they come back with the sweep that is submitted again.
  package var knownLosses: [String] = []
  package var isClean: Bool { problems.isEmpty }
  package init() {}
}

/// What ``Store/repair()`` did.
package struct RepairReport: Hashable, Sendable {
  /// What was found before.
  package var problems: [Problem] = []
  /// Files and rows moved into `damaged/`, never deleted.
  package var quarantined: [String] = []
  /// Tasks that have no outcome any more, so that the next run computes them again. Sorted.
  package var requeued: [TaskID] = []
  package init() {}
}

/// What ``Store/prune(graceSeconds:dryRun:)`` deleted, or would delete.
package struct PruneReport: Hashable, Sendable {
  /// Unreachable objects, sorted.
  package var objects: [Digest] = []
  package var bytes = 0
  /// Unreachable, but younger than the grace time.
  package var spared = 0
  package init() {}
}

/// What ``Store/merge(from:into:owner:)`` brought over.
package struct MergeReport: Hashable, Sendable {
  package var objects = 0
  package var bytes = 0
  package var outcomes = 0
  package var attempts = 0
  package var sweeps = 0
  package var failures = 0
  /// Tasks for which the two stores brought different outcomes, all of which are kept. Sorted.
  package var conflicts: [Conflict] = []
  package init() {}

  /// A task with several outcomes.
  package struct Conflict: Hashable, Sendable {
    package let task: TaskID
    /// Sorted.
    package let outcomes: [Digest]

    package init(task: TaskID, outcomes: [Digest]) {
      self.task = task
      self.outcomes = outcomes
    }
  }
}

/// How much a store holds.
package struct StoreStatistics: Hashable, Sendable {
  package var tasks = 0
  package var outcomes = 0
  /// Tasks with more than one outcome.
  package var tasksWithVariants = 0
  package var attempts = 0
  package var failures = 0
  package var sweeps = 0
  /// Objects inside the database, and their bytes.
  package var smallObjects = 0
  package var smallBytes = 0
  /// Objects that are files, and their bytes.
  package var largeObjects = 0
  package var largeBytes = 0
  package var epoch = Epoch(0)
  package var formatVersion = 0
  package init() {}
}
