import Coordination
import Core
import Wire

/// The coordinator's process, and what is outside of it. While it is down nothing is asked of the loop, and the next
/// process gets one of its own.
struct CoordinatorProcess: Sendable {
  var loop: CoordinatorLoop<ModelOutside>
  var isUp = false
  var life = 0
  var epoch: UInt32 = 0
  var scheduledTurn: ScheduledTurn?
  /// Stopped, or busy with what it did last.
  var frozenUntil = Instant.zero

  /// Nil while it is down.
  var machine: CoordinatorMachine? { isUp ? loop.machine : nil }
}

/// A turn that will come: when its timer was set to go off, and when it does.
struct ScheduledTurn: Sendable {
  let due: Instant
  let comes: Instant
}

/// A worker host: what is on its disk, its agent (nil machine while it is down), its slots and its cable.
struct Host: Sendable {
  // The disk.
  var spool: [TaskEnding] = []
  var cache: Set<Digest> = []
  // The agent.
  var id: WorkerID
  var incarnation: UInt64 = 0
  var machine: WorkerMachine?
  var life = 0
  var scheduledTick: Instant?
  var frozenUntil = Instant.zero
  var diskFullUntil = Instant.zero
  var slots: [SlotProcess] = []
  var slowness = 1.0
  // The cable.
  var wantsConnection = false
  /// The live connection, as the network sees it.
  var connection: Int?
  var upBlockedUntil = Instant.zero
  var downBlockedUntil = Instant.zero
  var lastUp = Instant.zero
  var lastDown = Instant.zero
}

/// A slot's process.
struct SlotProcess: Sendable {
  /// Numbers the processes of the slot; a number that has passed is a dead process.
  var process = 0
  var isUp = false
  var grant: Grant?
  /// Numbers what it ran.
  var run = 0
  var progress: UInt64 = 0
  var hangs = false
}
