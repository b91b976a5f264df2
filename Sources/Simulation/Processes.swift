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
  /// Where it listens, of the two places that agents know.
  var place = 0
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

/// A worker host: its disk, its agent (no loop while it is down), its slots and its cable.
struct Host {
  /// Where on the disk the agent and its slots keep things.
  static let cache = "cache"
  static let spool = "spool"

  // The disk.
  let disk: ModelDisk
  var diskFullUntil = Instant.zero
  /// When the host itself started; what was written before is safe from a power cut.
  var startedAt = 0.0
  /// Results on the disk when the power failed.
  var resultsBeforeCut = 0
  // The agent.
  var id: WorkerID
  var incarnation: UInt64 = 0
  var loop: AgentLoop<ModelAgentOutside>?
  var life = 0
  var scheduledTurn: ScheduledTurn?
  var frozenUntil = Instant.zero
  /// Results that it has told of and that must be on the disk until it hears that they are safe.
  var promised: Set<AttemptName> = []
  /// Results that were acknowledged or refused.
  var answered: Set<AttemptName> = []
  /// Where its requests for objects have begun, in this life.
  var objectsAsked: [Digest: Int] = [:]
  // The slots.
  var slots: [SlotProcess] = []
  var slotCache: ObjectCache<ModelDisk>?
  var startsNothingUntil = Instant.zero
  var slowness = 1.0
  // The cable.
  /// Where it looks for the coordinator.
  var place = 0
  /// … and where it was connected last.
  var lastPlace = 0
  var wantsConnection = false
  /// The live connection, as the network sees it.
  var connection: Int?
  var upBlockedUntil = Instant.zero
  var downBlockedUntil = Instant.zero
  var lastUp = Instant.zero
  var lastDown = Instant.zero
  var lastObjectsUp = Instant.zero
  var lastObjectsDown = Instant.zero
  /// Bytes of objects arrive changed.
  var badCableUntil = Instant.zero

  init(id: WorkerID, sabotage: Sabotage?) {
    self.id = id
    disk = ModelDisk(sabotage: sabotage)
  }

  var isUp: Bool { loop != nil }
  var machine: WorkerMachine? { loop?.machine }

  /// Results that are kept on the disk, by the names of their files.
  var results: [String] { disk.names(in: "\(Self.spool)/results") }

  func path(of attempt: AttemptName) -> String { "\(Self.spool)/results/\(attempt.task)-\(attempt.epoch)" }
}

/// A slot's process.
struct SlotProcess: Sendable {
  /// Numbers the processes of the slot; a number that has passed is a dead process.
  var process = 0
  var isUp = false
  /// What it computes.
  var request: SlotRequest?
  /// Numbers what it ran.
  var run = 0
  /// It reads something that is not what it is named by.
  var readsDamage = false
  var progress: UInt64 = 0
  var hangs = false
}
