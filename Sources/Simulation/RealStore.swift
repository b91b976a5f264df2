import Coordination
import Core
import ObjectStore

/// A store on a real disk, to see that it behaves as the model does.
struct RealStore: Sendable {
  let path: String
  private var store: Store?

  init(path: String) throws {
    self.path = path
    try crash()
  }

  /// The process that held it ends, and the next one opens it.
  mutating func crash() throws {
    store = nil
    store = try Store.openForWriting(at: path, owner: "simulation")
  }

  func stage(_ contents: [[UInt8]]) throws {
    for content in contents { try store!.stage(content) }
  }

  /// What was staged becomes durable.
  func flush() throws { try store!.flush() }

  /// `isKnown`: the model has this very outcome already.
  func commit(_ request: CommitRequest, _ specification: [UInt8], isKnown: Bool) throws {
    guard !request.isIncident else {
      return try store!.addIncidents([
        Incident(
          task: request.attempt.task, kind: .different, outcome: request.success.outcome,
          attempt: request.signedAttempt,
          time: 0)
      ])
    }
    let commit = Commit(
      task: request.attempt.task, specification: specification, outcome: request.success.outcome,
      objects: request.success.objects.map(\.digest), attempt: request.signedAttempt)
    let expected: CommitResult = isKnown ? .alreadyKnown : .stored
    let results = try store!.commit([commit])
    guard results == [expected] else {
      throw InvariantViolation("the store says \(results) of task \(request.attempt.task.short), the model \(expected)")
    }
  }

  /// After one more crash: the records are the model's, and nothing is damaged.
  mutating func check(against model: ModelStore) throws {
    try crash()
    let problems = try store!.check().problems
    guard problems.isEmpty else { throw InvariantViolation("the store is damaged: \(problems)") }
    let tasks = try store!.tasks()
    guard tasks.sorted() == model.records.keys.sorted() else {
      throw InvariantViolation("the store has \(tasks.count) records, the model \(model.records.count)")
    }
    let incidents = Set(try store!.incidents().map { [$0.task.digest, $0.digest] })
    guard incidents == Set(model.incidents.flatMap { task, digests in digests.map { [task.digest, $0] } }) else {
      throw InvariantViolation("the store has other incidents than the model")
    }
    let verdicts = Set(try store!.disputes().map { [$0.task.digest: $0.verdict] })
    guard verdicts == Set(model.disputes.map { [$0.task.digest: $0.verdict] }) else {
      throw InvariantViolation("the store settles incidents otherwise than the model")
    }
    for (task, entry) in model.records {
      let outcomes = try store!.variants(of: task)
      let digests = Set(outcomes.map(\.digest))
      guard digests == [entry.record.outcome] else {
        throw InvariantViolation("the store has other outcomes of task \(task.short) than the model")
      }
    }
  }
}
