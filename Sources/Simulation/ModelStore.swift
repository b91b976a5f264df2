package import Coordination
package import Core
package import Sweeps
import Wire

/// What is on the coordinator's disk; survives its crashes.
package struct ModelStore: Sendable {
  package struct Entry: Sendable, Equatable {
    package let outcome: [UInt8]
    package let record: TaskRecord
  }

  package internal(set) var records: [TaskID: Entry] = [:]
  /// Digests of outcomes that differ from the record's.
  package internal(set) var incidents: [TaskID: Set<Digest>] = [:]
  /// Who has found what.
  private var claims: [TaskID: [Dispute.Claim]] = [:]
  package internal(set) var objects: Set<Digest> = []
  /// The bytes of everything that ever arrived.
  var contents: [Digest: [UInt8]] = [:]
  /// Tasks that were given up, for as long as they have no record.
  package internal(set) var failures: [TaskID: TaskFailureReport] = [:]
  /// Sweeps that a coordinator takes up when it starts, in the order in which they came.
  var openSweeps: [Digest] = []
  /// How sweeps are treated.
  var steering: [Digest: SweepSteering] = [:]
  /// Objects that have arrived, but become durable with the next commit only; a crash loses them.
  var staged: Set<Digest> = []
  var isFull = false

  enum Answer {
    case done
    case failed(CoordinatorMachine.CommitProblem)
  }

  /// One transaction: everything or nothing.
  mutating func commit(_ request: CommitRequest) throws -> Answer {
    if let problem = request.problem { return .failed(.malformed(problem)) }
    if isFull { return .failed(.storeFailed("the disk is full")) }
    if request.isIncident { return try keepIncident(request) }
    let lacking = request.success.objects.map(\.digest).filter { !has($0) }
    guard lacking.isEmpty else { return .failed(.lackingObjects(lacking)) }
    keepStaged()
    let task = request.attempt.task
    failures[task] = nil
    keepClaim(request)
    if let record = records[task] {
      guard record.record.outcome == request.outcome else {
        throw InvariantViolation("\(task.short) got a second record")
      }
    } else {
      records[task] = Entry(
        outcome: request.success.outcome, record: TaskRecord(outcome: request.outcome, objects: request.success.objects)
      )
    }
    return .done
  }

  /// Whether the object is here, durable or not yet.
  func has(_ object: Digest) -> Bool { objects.contains(object) || staged.contains(object) }

  /// Takes in a whole object.
  mutating func stage(_ object: Digest, _ bytes: [UInt8]) {
    staged.insert(object)
    contents[object] = bytes
  }

  /// The record stays; what differs is kept beside it, without its objects.
  private mutating func keepIncident(_ request: CommitRequest) throws -> Answer {
    guard let record = records[request.attempt.task], record.record.outcome != request.outcome else {
      throw InvariantViolation("an incident of \(request.attempt.task.short) differs from nothing")
    }
    incidents[request.attempt.task, default: []].insert(request.outcome)
    keepClaim(request)
    return .done
  }

  private mutating func keepClaim(_ request: CommitRequest) {
    let by = request.principal
    claims[request.attempt.task, default: []].append(
      Dispute.Claim(outcome: request.outcome, key: by.key, name: by.name))
  }

  /// What contradicts the record of the task; nil when nothing does.
  package func dispute(about task: TaskID) -> Dispute? {
    records[task].flatMap { Dispute(task: task, kept: $0.record.outcome, claims: claims[task] ?? []) }
  }

  /// Every task with results that contradict its record, in the order of their names.
  package var disputes: [Dispute] { incidents.keys.sorted().compactMap { dispute(about: $0) } }

  /// Objects that have arrived become durable.
  mutating func keepStaged() {
    objects.formUnion(staged)
    staged = []
  }

  /// Whether the outcome is safe: the record or a variant of its task, with every object.
  func holds(_ task: TaskID, _ outcome: Digest) -> Bool {
    records[task]?.record.outcome == outcome || incidents[task]?.contains(outcome) ?? false
  }
}
