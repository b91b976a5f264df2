package import Core
package import Sweeps

/// One life of one task on one agent.
package struct AttemptName: Hashable, Sendable {
  package let task: TaskID
  /// The grant that it comes from.
  package let epoch: Epoch

  package init(task: TaskID, epoch: Epoch) {
    self.task = task
    self.epoch = epoch
  }
}

/// How far an attempt has come, as its agent tells it.
package struct AttemptReport: Hashable, Sendable {
  package enum Phase: UInt32, CaseIterable, Sendable, Hashable {
    /// Waiting for inputs or for a slot.
    case queued = 1
    case running = 2
    /// Finished; its result is kept on the agent's disk until it is acknowledged.
    case finished = 3
  }

  package let attempt: AttemptName
  package let phase: Phase
  /// Grows with every sign of life of the task, whether or not it has come further; no unit.
  package let progress: UInt64
  /// How much of the task is done, as it says itself.
  package let thousandths: Int

  package init(attempt: AttemptName, phase: Phase, progress: UInt64 = 0, thousandths: Int = 0) {
    self.attempt = attempt
    self.phase = phase
    self.progress = progress
    self.thousandths = thousandths
  }
}

/// Who an agent is and everything it holds. Said after each connection and after each "who are you".
package struct Hello: Hashable, Sendable {
  /// The agent's name, which belongs to the key that first brings it for as long as the coordinator knows the agent.
  package let worker: WorkerID
  /// Grows with every hello and heartbeat of this incarnation, so that a report overtaken by a newer one is ignored.
  package let sequence: UInt64
  /// Grows with every start of the agent.
  package let incarnation: UInt64
  /// Identifies the executable; the coordinator decides whether builds may be mixed.
  package let build: String
  /// The host's name, for people.
  package let host: String
  package let slots: Int
  /// The BLAS kernels that this host can compute with.
  package let cores: [String]
  package let attempts: [AttemptReport]
  /// What this host has that tasks may ask for.
  package let labels: [String]
  /// Bytes that each slot may take; nil when it does not say.
  package let slotMemory: Int?

  package init(
    worker: WorkerID, sequence: UInt64, incarnation: UInt64, build: String, host: String, slots: Int, cores: [String],
    attempts: [AttemptReport], labels: [String] = [], slotMemory: Int? = nil
  ) {
    self.worker = worker
    self.sequence = sequence
    self.incarnation = incarnation
    self.build = build
    self.host = host
    self.slots = slots
    self.cores = cores
    self.attempts = attempts
    self.labels = labels
    self.slotMemory = slotMemory
  }
}

/// What an agent holds and how much more it wants.
package struct Heartbeat: Hashable, Sendable {
  /// See ``Hello/sequence``.
  package let sequence: UInt64
  /// The highest sequence that the coordinator's pulses have returned, 0 for none: an agent that speaks but does not
  /// hear is told from one that does.
  package let heard: UInt64
  /// How many unfinished attempts the agent is willing to hold at once, those it holds included. Absolute, so that a
  /// lost message is repaired by the next.
  package let credits: Int
  package let draining: Bool
  package let attempts: [AttemptReport]
  /// The BLAS kernels that its slot processes have loaded.
  package let loadedCores: [String]
  /// nil when the host does not say.
  package var use: HostUse?

  package init(
    sequence: UInt64, heard: UInt64, credits: Int, draining: Bool, attempts: [AttemptReport], loadedCores: [String],
    use: HostUse? = nil
  ) {
    self.sequence = sequence
    self.heard = heard
    self.credits = credits
    self.draining = draining
    self.attempts = attempts
    self.loadedCores = loadedCores
    self.use = use
  }
}

/// An object under the name that a task knows it by.
package struct NamedObject: Hashable, Sendable {
  package let name: String
  package let digest: Digest
  /// Bytes.
  package let size: Int

  package init(name: String, digest: Digest, size: Int) {
    self.name = name
    self.digest = digest
    self.size = size
  }
}

/// How an attempt ended. Repeated until it is acknowledged or rejected.
package struct TaskEnding: Hashable, Sendable {
  package struct Success: Hashable, Sendable {
    /// Canonical bytes of `Sweeps.Outcome`.
    package let outcome: [UInt8]
    /// Who computed it, when, how: canonical JSON.
    package let attempt: [UInt8]
    /// The objects that the outcome names, sorted by name.
    package let objects: [NamedObject]

    package init(outcome: [UInt8], attempt: [UInt8], objects: [NamedObject]) {
      self.outcome = outcome
      self.attempt = attempt
      self.objects = objects
    }
  }

  /// Who is to blame for a failure, and how often the task is tried.
  package enum FailureClass: CaseIterable, Sendable, Hashable {
    /// The task itself threw. Tried twice.
    case exception
    /// The process that computed it died. Tried on three different workers.
    case processDied
    /// The attempt was given back unfinished (its agent leaves). Does not count.
    case handedBack
    /// An input, or room on the agent's disk, could not be had. Tried many times.
    case unavailable
  }

  package struct Failure: Hashable, Sendable {
    package let cause: FailureCause

    package init(_ cause: FailureCause) { self.cause = cause }

    package var kind: FailureClass {
      switch cause {
      case .exception, .tooLarge, .malformedResult, .cannotTravel, .told: .exception
      case .signalled, .outOfMemory, .exited, .notStarted, .silent: .processDied
      case .handedBack: .handedBack
      case .missingInput, .notKept: .unavailable
      }
    }
  }

  package enum Ending: Hashable, Sendable {
    case success(Success)
    case failure(Failure)
  }

  package let attempt: AttemptName
  /// How long it computed.
  package let seconds: Double
  package let ending: Ending

  package init(attempt: AttemptName, seconds: Double, ending: Ending) {
    self.attempt = attempt
    self.seconds = seconds
    self.ending = ending
  }
}
