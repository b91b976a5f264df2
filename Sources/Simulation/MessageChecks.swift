import Coordination
import Core
import Wire

/// What a coordinator may say, of all its lives together.
struct MessageChecks: Sendable {
  struct Claim: Hashable, Sendable {
    let attempt: AttemptName
    let worker: WorkerID
  }

  /// The outcome that each result carried, to check what an acknowledgement promises.
  var claims: [Claim: Digest] = [:]
  /// Sweeps that this life of the coordinator was told of.
  var known: Set<Digest> = []
  /// Finished tasks may be granted once more.
  var allowsAudits = false
  /// The highest epoch granted before the current turn, and the epochs granted in it.
  private var epochsBefore: UInt64 = 0
  private var epochsNow: Set<UInt64> = []
  /// Everybody who was ever granted something, in order.
  private var granted: [RouteID] = []

  mutating func beginTurn() {
    epochsBefore = max(epochsBefore, epochsNow.max() ?? 0)
    epochsNow = []
  }

  /// Somebody else who takes tasks.
  func other(than route: RouteID) -> RouteID? { granted.last { $0.bytes.prefix(16) != route.bytes.prefix(16) } }

  mutating func check(
    _ message: CoordinatorMessage, to route: RouteID, _ store: ModelStore, _ workload: Workload
  ) throws {
    switch message {
    case .acknowledgement(let attempt):
      // A route begins with the name of the agent.
      if let worker = WorkerID(bytes: Array(route.bytes.prefix(16))) { try check(attempt, worker, store) }
    case .grants(let grants):
      for grant in grants { try check(grant, store, workload) }
      if granted.last != route { granted.append(route) }
    default: break
    }
  }

  /// An acknowledgement of a success promises that it is safe.
  private func check(_ attempt: AttemptName, _ worker: WorkerID, _ store: ModelStore) throws {
    guard let outcome = claims[Claim(attempt: attempt, worker: worker)] else { return }
    guard store.holds(attempt.task, outcome) else {
      throw InvariantViolation("task \(attempt.task.short) is acknowledged, but its record is not durable")
    }
  }

  /// Every grant has an epoch of its own, greater than those of all earlier turns; its task has no record yet, and its
  /// inputs have.
  private mutating func check(_ grant: Grant, _ store: ModelStore, _ workload: Workload) throws {
    let name = "task \(grant.attempt.task.short)"
    let epoch = grant.attempt.epoch.value
    guard epoch > epochsBefore, epochsNow.insert(epoch).inserted else {
      throw InvariantViolation("\(name) is granted in epoch \(epoch), which is not new")
    }
    let isOpen = store.records[grant.attempt.task] == nil || store.incidents[grant.attempt.task] != nil
    guard isOpen || allowsAudits else {
      throw InvariantViolation("\(name) is granted though it has a record")
    }
    let item = workload.items[workload.index[grant.attempt.task]!]
    let wanting = (item.isLate ? [true] : [false, true]).map { Workload.id(isSecond: $0) }.filter(known.contains)
    // A sweep that has ended is not kept as open, and may run again when an object is lost.
    guard wanting.isEmpty || wanting.contains(where: { store.steering[$0]?.isPaused != true }) else {
      throw InvariantViolation("\(name) is granted though every sweep that wants it is paused")
    }
    guard grant.specification == item.specification.json.canonical else {
      throw InvariantViolation("\(name) is granted with another specification")
    }
    for (input, task) in item.specification.inputs {
      let granted = grant.inputs.first { $0.name == input }?.objects
      // The record may have been found damaged after this grant was decided.
      if let record = store.records[task], granted != record.record.objects {
        throw InvariantViolation("\(name) is granted with other objects for \(input) than the record names")
      }
    }
  }
}

extension Message {
  /// What is sent is what arrives.
  func checkCoding() throws {
    let decoded = Result { () throws(FrameProblem) in try Frame.decode(Frame.encode(self)) }
    guard decoded == .success(self) else { throw InvariantViolation("a message changes on the way: \(self)") }
  }
}
