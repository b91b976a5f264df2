package import Core
package import Sweeps
package import Wire

/// What an agent asks of a slot process.
package enum SlotOrder: Hashable, Sendable {
  case run(SlotRequest)
  /// Stop computing this attempt, if that is what it does.
  case cancel(AttemptName)
}

/// A task for a slot process.
package struct SlotRequest: Hashable, Sendable {
  /// A cached object that the task reads.
  package struct File: Hashable, Sendable {
    /// The name that the task knows it by.
    package let name: String
    package let digest: Digest
    /// Bytes.
    package let size: Int
    package let path: String

    package init(name: String, digest: Digest, size: Int, path: String) {
      self.name = name
      self.digest = digest
      self.size = size
      self.path = path
    }
  }

  /// Returned with every answer.
  package let attempt: AttemptName
  /// Canonical JSON of the task.
  package let specification: [UInt8]
  package let inputs: [String: [File]]
  package let sources: [File]

  package init(attempt: AttemptName, specification: [UInt8], inputs: [String: [File]], sources: [File]) {
    self.attempt = attempt
    self.specification = specification
    self.inputs = inputs
    self.sources = sources
  }
}

/// What a slot process says to its agent.
package enum SlotReply: Hashable, Sendable {
  /// It is up, and computes with this BLAS kernel.
  case ready(core: String)
  /// How many signs of life the task has given, and how many thousandths of it are done; neither shrinks.
  case progress(AttemptName, signs: UInt64, thousandths: Int)
  /// The task is computed; `problem` says why its objects could not be written to the cache.
  case finished(AttemptName, TaskEnding.Success, seconds: Double, problem: String?)
  case failed(AttemptName, FailureCause, seconds: Double)
  /// The task stopped, because it was asked to.
  case stopped(AttemptName)
  /// An object that the task reads is gone from the cache, or is not what it is named by; nothing was computed from it.
  case unreadable(AttemptName, Digest)
}
