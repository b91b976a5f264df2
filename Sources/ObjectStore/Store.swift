package import Core

/// A directory that keeps what was computed: records of tasks in `winnow.sqlite`, large objects in `objects/`.
///
/// Invariants: a record names only durable objects; objects are durable before their record, and the record before
/// anybody is told; a digest is verified whenever a file is read. One process writes at a time, any number reads.
/// What a store holds is a set: nothing depends on the order in which it arrived.
package final class Store: Sendable {
  /// The version of the layout this program reads and writes.
  package static let formatVersion = 1
  /// Objects of at least this many bytes are files; smaller ones live in the database.
  package static let largeObjectSize = 32 * 1024

  /// Opens the store for the only writer there may be, and creates it when the directory is absent or empty.
  ///
  /// `owner` tells people who holds the lock, for example "winnow-coordinator". Throws a ``StoreError``: `locked` (by
  /// whom), `readOnly`, `foreignFormat`, `notAStore`, `diskFull`, `database`.
  package static func openForWriting(at path: String, owner: String) throws -> Store { fatalError("not built yet") }

  /// Opens the store for reading; any number of readers work beside a writer and see what is committed.
  package static func openForReading(at path: String) throws -> Store { fatalError("not built yet") }

  /// Grows by one with each opening for writing; a reader sees the last writer's.
  package var epoch: Epoch { fatalError("not built yet") }

  /// The directory.
  package var path: String { fatalError("not built yet") }

  // MARK: Objects

  /// Those of `digests` that are here, staged ones included.
  package func contains(_ digests: [Digest]) throws -> Set<Digest> { fatalError("not built yet") }

  /// Size in bytes; nil when the object is not here.
  package func size(of digest: Digest) throws -> Int? { fatalError("not built yet") }

  /// The whole object, its digest verified. Throws `missingObject` or `damagedObject`.
  package func read(_ digest: Digest) throws -> [UInt8] { fatalError("not built yet") }

  /// At most `count` bytes from `offset`; fewer at the end, none behind it. The digest of the whole object is verified
  /// when this process first touches it; who collects the pieces verifies again.
  package func read(_ digest: Digest, offset: Int, count: Int) throws -> [UInt8] { fatalError("not built yet") }

  /// The file of a large object, to be mapped; nil when the object is small or not here. Not verified.
  package func path(of digest: Digest) throws -> String? { fatalError("not built yet") }

  /// Takes in an object that the next ``commit(_:)`` naming it, or ``flush()``, makes durable. Until then it can be
  /// read here, and a crash loses it.
  @discardableResult package func stage(_ bytes: [UInt8]) throws -> Digest { fatalError("not built yet") }

  /// Starts or resumes taking in an object piece by piece; nil when it is here already.
  package func receive(_ digest: Digest, size: Int) throws -> IncomingObject? { fatalError("not built yet") }

  /// Makes everything staged durable.
  package func flush() throws { fatalError("not built yet") }

  /// ``stage(_:)`` and ``flush()``: durable on return.
  @discardableResult package func put(_ contents: [[UInt8]]) throws -> [Digest] { fatalError("not built yet") }

  // MARK: Records

  /// Makes the objects that `commits` name durable, then all records in one transaction with one disk
  /// synchronisation. On return everything survives a power cut; when it throws, no record was stored.
  ///
  /// Throws `missingObject` when a commit names an object that is not here, `wrongContent` when a task is not the
  /// digest of its specification. A commit removes failures of its task.
  package func commit(_ commits: [Commit]) throws -> [CommitResult] { fatalError("not built yet") }

  /// The outcome of `task`: of several variants the one with the lowest digest, so that reports do not depend on which
  /// came first. Verified.
  package func outcome(of task: TaskID) throws -> (digest: Digest, bytes: [UInt8])? { fatalError("not built yet") }

  /// ``outcome(of:)`` of many tasks; tasks without one are absent.
  package func outcomes(of tasks: [TaskID]) throws -> [TaskID: (digest: Digest, bytes: [UInt8])] {
    fatalError("not built yet")
  }

  /// All outcomes of `task`, sorted by digest.
  package func variants(of task: TaskID) throws -> [OutcomeRecord] { fatalError("not built yet") }

  /// Those of `tasks` that have an outcome.
  package func finished(among tasks: [TaskID]) throws -> Set<TaskID> { fatalError("not built yet") }

  /// Every task with an outcome or a failure, sorted.
  package func tasks() throws -> [TaskID] { fatalError("not built yet") }

  /// The canonical JSON of a task that is recorded here.
  package func specification(of task: TaskID) throws -> [UInt8]? { fatalError("not built yet") }

  /// The attempts of `task` as they were committed, sorted by digest.
  package func attempts(of task: TaskID) throws -> [[UInt8]] { fatalError("not built yet") }

  /// Records that `task` was given up, unless it has an outcome; replaces its earlier failure.
  package func saveFailure(_ failure: FailureRecord) throws { fatalError("not built yet") }

  /// All tasks that were given up, sorted by task.
  package func failures() throws -> [FailureRecord] { fatalError("not built yet") }

  /// Forgets failures, so that the tasks are tried again; nil forgets all. Returns how many there were.
  @discardableResult package func clearFailures(of tasks: [TaskID]?) throws -> Int { fatalError("not built yet") }

  /// Records a sweep under the digest of `json`, which is returned; saving it again changes only its name.
  @discardableResult package func saveSweep(name: String, json: [UInt8]) throws -> Digest {
    fatalError("not built yet")
  }

  /// All sweeps, in the order in which they were first saved.
  package func sweeps() throws -> [SweepRecord] { fatalError("not built yet") }

  // MARK: Care

  /// Recomputes every digest and follows every reference; names each thing that is bad. Safe beside a writer.
  /// `progress` is told objects done and objects in all.
  package func check(progress: (Int, Int) -> Void = { _, _ in }) throws -> CheckReport { fatalError("not built yet") }

  /// Moves what is bad into `damaged/` and takes the outcomes back that depend on it, so that their tasks run again.
  package func repair() throws -> RepairReport { fatalError("not built yet") }

  /// Deletes objects to which no record or sweep refers and that are older than `graceSeconds`.
  package func prune(graceSeconds: Int = 14 * 86_400, dryRun: Bool = true) throws -> PruneReport {
    fatalError("not built yet")
  }

  /// Adds everything in the store `source` to the store `target`. Union: the order of merges does not matter, and
  /// merging again changes nothing. Different outcomes of one task are all kept and listed.
  package static func merge(from source: String, into target: String, owner: String) throws -> MergeReport {
    fatalError("not built yet")
  }

  /// Counts and sizes.
  package func statistics() throws -> StoreStatistics { fatalError("not built yet") }

  /// Every object here with its size, sorted by digest.
  package func objects() throws -> [(digest: Digest, size: Int)] { fatalError("not built yet") }
}

/// An object that arrives piece by piece, in order. What arrived of a large one survives a restart.
package final class IncomingObject: Sendable {
  package let digest: Digest
  /// Bytes in all.
  package let size: Int

  init(digest: Digest, size: Int) {
    self.digest = digest
    self.size = size
  }

  /// Bytes that are here: the offset of the next piece.
  package var received: Int { fatalError("not built yet") }

  /// Adds the piece that starts at ``received``. Throws `wrongContent` for another offset or when it passes ``size``.
  package func append(_ piece: [UInt8], at offset: Int) throws { fatalError("not built yet") }

  /// Verifies the digest and stages the object. Throws `wrongContent`, and starts again from 0, when it does not fit.
  package func finish() throws { fatalError("not built yet") }
}
