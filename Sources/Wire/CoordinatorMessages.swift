package import Core

/// The answer to a hello.
package struct Welcome: Hashable, Sendable {
  /// Grows with every start of the coordinator; the high 32 bits of every epoch that it grants.
  package let coordinatorEpoch: UInt32
  /// How often the agent reports.
  package let heartbeatSeconds: Double
  /// How long the agent waits for an acknowledgement before it repeats a result.
  package let resendSeconds: Double

  package init(coordinatorEpoch: UInt32, heartbeatSeconds: Double, resendSeconds: Double) {
    self.coordinatorEpoch = coordinatorEpoch
    self.heartbeatSeconds = heartbeatSeconds
    self.resendSeconds = resendSeconds
  }
}

/// The objects of one input of a task.
package struct GrantInput: Hashable, Sendable {
  /// The name that the task knows the input by.
  package let name: String
  /// Sorted by name.
  package let objects: [NamedObject]

  package init(name: String, objects: [NamedObject]) {
    self.name = name
    self.objects = objects
  }
}

/// A task lent to an agent.
package struct Grant: Hashable, Sendable {
  package let attempt: AttemptName
  /// Canonical JSON of `Sweeps.TaskSpecification`.
  package let specification: [UInt8]
  /// Sorted by name.
  package let inputs: [GrantInput]
  /// Raw data, sorted by name.
  package let sources: [NamedObject]
  /// The BLAS kernel to compute with; nil for the host's own choice.
  package let numericsCore: String?

  package init(
    attempt: AttemptName, specification: [UInt8], inputs: [GrantInput], sources: [NamedObject], numericsCore: String?
  ) {
    self.attempt = attempt
    self.specification = specification
    self.inputs = inputs
    self.sources = sources
    self.numericsCore = numericsCore
  }

  /// The same task with the same inputs, as another attempt.
  package func renamed(_ attempt: AttemptName) -> Grant {
    Grant(
      attempt: attempt, specification: specification, inputs: inputs, sources: sources, numericsCore: numericsCore)
  }
}

/// The answer to a heartbeat.
package struct Pulse: Hashable, Sendable {
  /// The heartbeat's sequence.
  package let sequence: UInt64

  package init(sequence: UInt64) { self.sequence = sequence }
}

/// Why a result was not taken.
package struct RejectedResult: Hashable, Sendable {
  package enum Cause: UInt32, CaseIterable, Sendable, Hashable {
    /// Store the objects in ``RejectedResult/lacking`` first, then send the result again.
    case lackingObjects = 1
    /// No sweep of this coordinator wants the task: drop the result.
    case unknownTask = 2
    /// The result cannot be read or contradicts itself: drop it.
    case malformed = 3
    /// The task was not granted to the key that brings the result: drop it.
    case notGranted = 4
  }

  package let attempt: AttemptName
  package let cause: Cause
  package let reason: String
  package let lacking: [Digest]

  package init(attempt: AttemptName, cause: Cause, reason: String, lacking: [Digest] = []) {
    self.attempt = attempt
    self.cause = cause
    self.reason = reason
    self.lacking = lacking
  }
}

/// The coordinator wants nothing to do with this peer for now. The one message that every version of the protocol
/// can read.
package struct Reject: Hashable, Sendable {
  package let reason: String
  /// When it makes sense to try again.
  package let retryAfterSeconds: Double

  package init(reason: String, retryAfterSeconds: Double) {
    self.reason = reason
    self.retryAfterSeconds = retryAfterSeconds
  }
}

/// The answer to a submitted sweep.
package struct Submitted: Hashable, Sendable {
  /// Names the sweep by its content.
  package let sweep: Digest
  package let tasks: Int
  /// Tasks that had a record already.
  package let done: Int

  package init(sweep: Digest, tasks: Int, done: Int) {
    self.sweep = sweep
    self.tasks = tasks
    self.done = done
  }
}
