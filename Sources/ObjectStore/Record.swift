package import Core

/// A finished task on its way into the store.
package struct Commit: Hashable, Sendable {
  /// Must be the digest of `specification`.
  package let task: TaskID
  /// Canonical JSON of what was computed.
  package let specification: [UInt8]
  /// Canonical JSON of what came out; opaque to the store, named by its digest.
  package let outcome: [UInt8]
  /// Every object the outcome refers to. Each must be in the store, at least staged.
  package let objects: [Digest]
  /// Canonical JSON of who computed it, when and how.
  package let attempt: [UInt8]?

  package init(task: TaskID, specification: [UInt8], outcome: [UInt8], objects: [Digest], attempt: [UInt8]? = nil) {
    self.task = task
    self.specification = specification
    self.outcome = outcome
    self.objects = objects
    self.attempt = attempt
  }
}

/// What became of a ``Commit``.
package enum CommitResult: Hashable, Sendable {
  /// The task's first outcome.
  case stored
  /// The store already had exactly this outcome.
  case alreadyKnown
  /// The store has another outcome for this task; both are kept.
  case variant
}

/// One outcome of a task.
package struct OutcomeRecord: Hashable, Sendable {
  package let task: TaskID
  /// The digest of `bytes`: the outcome's name.
  package let digest: Digest
  package let bytes: [UInt8]
  /// The objects it refers to, sorted.
  package let objects: [Digest]

  package init(task: TaskID, digest: Digest, bytes: [UInt8], objects: [Digest]) {
    self.task = task
    self.digest = digest
    self.bytes = bytes
    self.objects = objects
  }
}

/// A task that was given up.
package struct FailureRecord: Hashable, Sendable {
  package let task: TaskID
  package let specification: [UInt8]
  /// JSON: class of the failure, hosts, log.
  package let report: [UInt8]

  package init(task: TaskID, specification: [UInt8], report: [UInt8]) {
    self.task = task
    self.specification = specification
    self.report = report
  }
}

/// Whether a coordinator that starts takes a sweep up.
package enum SweepState: Int, Hashable, Sendable {
  /// It has ended, or nobody wants it any more. Becomes open when it is submitted again.
  case closed = 0
  /// It was submitted and has not ended. Becomes closed.
  case open = 1
}

/// A sweep as lists show it.
package struct SweepSummary: Hashable, Sendable {
  /// The digest of its request.
  package let id: Digest
  package let name: String
  package let state: SweepState

  package init(id: Digest, name: String, state: SweepState) {
    self.id = id
    self.name = name
    self.state = state
  }
}

/// A sweep that was started on this store.
package struct SweepRecord: Hashable, Sendable {
  /// The digest of `json`.
  package let id: Digest
  package let name: String
  package let state: SweepState
  /// The request, with the digests of what it was planned on.
  package let json: [UInt8]

  package init(id: Digest, name: String, state: SweepState, json: [UInt8]) {
    self.id = id
    self.name = name
    self.state = state
    self.json = json
  }

  /// Throws `wrongContent` unless ``id`` is the digest of ``json``.
  func verify() throws {
    guard Digest(of: json) == id else {
      throw StoreError.wrongContent("sweep \(id) does not have the digest it is named by")
    }
  }
}
