import Core
import Wire

/// An attempt that a worker holds, as far as the coordinator knows.
struct Lease: Equatable, Sendable {
  let task: Int
  var epoch: Epoch
  /// A second attempt, started while another was known to run.
  let isCopy: Bool
  let granted: Instant
  /// When the worker last told of it; the grant counts.
  var mentioned: Instant
  var phase = AttemptReport.Phase.queued
  /// Signs of life so far, and when the last was news.
  var progress: UInt64 = 0
  var progressed: Instant
  var thousandths = 0
  /// The objects that it may read.
  let reads: [Digest]
}

/// A row of the coordinator's table of workers.
struct WorkerEntry: Equatable, Sendable {
  let id: WorkerID
  /// Who has its key, and the place of that key among all.
  var principal: Principal
  let key: Int
  let incarnation: UInt64
  /// Numbers the joins, so that a reused row is recognised.
  let join: UInt64
  let host: String
  let build: String
  let slots: Int
  /// Bytes that each slot may take, as it says; nil when it does not.
  let slotMemory: Int?
  /// Index of the group of workers that can compute with the same BLAS kernels and have the same labels.
  let group: Int
  let joined: Instant
  var sequence: UInt64
  /// The last pulse that it says it heard, and when that was news.
  var heard: UInt64 = 0
  var heardAt: Instant
  /// When its last frame came.
  var lastFrame: Instant
  var isSuspect = false
  /// When its connection closed; nil once it was heard again.
  var disconnected: Instant?
  /// It speaks, but does not hear.
  var isDeaf = false
  /// Somebody asked for its drain.
  var drainAsked = false
  /// It says that it drains.
  var isDraining = false
  /// Until when it gets no work, because the processes of several tasks died on it.
  var quarantinedUntil: Instant?
  /// Unfinished attempts that it is willing to hold; unknown until its first heartbeat.
  var credits = 0
  /// How busy its host was when it last said so.
  var use: HostUse?
  /// BLAS kernels that its slot processes have loaded.
  var loadedCores: [String] = []
  var leases: [Lease] = []
  /// Tasks whose objects it has in its cache.
  var held: Set<Int> = []
  /// Tasks whose process died here, and that were not proved to be the culprits.
  var kills: [Int] = []
  var results = 0
  /// How often somebody else was faster with a task of it, since it last finished one.
  var outdone = 0
  /// Until when it gets no work, because others kept finishing what it had.
  var benchedUntil: Instant?
  /// What it may hold before it has finished anything.
  let firstAllowance: Int
  /// Audits that it computes.
  var audits = 0
  /// Which list of workers that can take more it stands in.
  var appetite = Appetite.none
  /// Whether its group counts it as usable.
  var countsAsUsable = false

  enum Appetite: Equatable, Sendable {
    /// Takes nothing now.
    case none
    /// Has a free slot.
    case idle
    /// Its slots are taken, but it wants tasks for later.
    case ahead
  }

  /// What it may hold by what it has finished, whatever it says: enough to begin with, and more with each result.
  var allowance: Int { firstAllowance + 4 * results }

  /// The most unfinished attempts that somebody with so many slots may ask for.
  static func creditLimit(slots: Int) -> Int { 16 * (slots + 1) }

  /// Attempts that occupy it.
  var unfinished: Int { leases.count { $0.phase != .finished } + audits }

  var isQuarantined: Bool { quarantinedUntil != nil }

  /// May be given work, now or as soon as it is less busy.
  var isUsable: Bool {
    !(isSuspect || isDeaf || drainAsked || isDraining || isQuarantined || benchedUntil != nil) && credits > 0
  }

  /// What it can take at this moment.
  var currentAppetite: Appetite {
    let load = unfinished
    guard isUsable, load < min(credits, allowance) else { return .none }
    return load < slots ? .idle : .ahead
  }

  func lease(of task: Int) -> Int? { leases.firstIndex { $0.task == task } }
}
