import Core
import Wire

/// A granted attempt that is not finished yet.
struct HeldAttempt: Equatable, Sendable {
  var grant: Grant
  /// Objects that are not in the cache yet.
  var missing: Set<Digest>
  /// The slot that it was given, which may still be starting.
  var slot: Int?
  var isRunning = false
  /// Signs of life so far.
  var progress: UInt64 = 0
  var thousandths = 0

  var task: TaskID { grant.attempt.task }
  var report: AttemptReport {
    AttemptReport(
      attempt: grant.attempt, phase: isRunning ? .running : .queued, progress: progress, thousandths: thousandths)
  }
}

/// A result on its way to the coordinator.
struct FinishedAttempt: Equatable, Sendable {
  enum Stage: Equatable, Sendable {
    /// Being written to the agent's disk. Becomes offering or sending.
    case spooling
    /// Its objects are being put into the coordinator's store. Becomes sending, or refused.
    case offering
    /// The coordinator would not take an object; offered again at that instant.
    case refused(until: Instant)
    /// To be sent, and repeated until it is acknowledged. Can become offering again.
    case sending
  }

  let ending: TaskEnding
  var stage: Stage
  var lastSent: Instant?

  var success: TaskEnding.Success? {
    guard case .success(let success) = ending.ending else { return nil }
    return success
  }
}

/// A slot and its process.
struct Slot: Equatable, Sendable {
  enum State: Equatable, Sendable {
    /// No process. Becomes starting.
    case empty
    /// Becomes running when it is up and has a task, otherwise idle; empty when it dies.
    case starting
    /// Becomes running, stopping, or empty when it dies.
    case idle
    /// Becomes idle, cancelling, or empty when it dies.
    case running
    /// Its task was asked to stop. Becomes idle when it has, stopping when it has not by then, or empty when it dies.
    case cancelling(until: Instant)
    /// Asked to end. Becomes empty, or starting when a task waits for it.
    case stopping
  }

  var state = State.empty
  /// The BLAS kernel of its process.
  var core: String?
  var task: TaskID?

  var isCancelling: Bool { if case .cancelling = state { true } else { false } }
}
