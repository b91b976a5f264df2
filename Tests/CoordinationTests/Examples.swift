import Coordination
import Core
import Sweeps
import Wire

/// Tasks, workers and results to tell stories with.
enum Examples {
  /// A task that differs from others by `name`.
  static func task(
    _ name: String, kind: TaskKindName = .trial, inputs: [TaskSpecification] = [], core: String? = nil
  ) -> TaskSpecification {
    let named = inputs.enumerated().map { ("input \($0.offset)", $0.element.id) }
    return TaskSpecification(
      kind: kind, parameters: ["name": .string(name)], inputs: Dictionary(uniqueKeysWithValues: named),
      numericsCore: core)
  }

  static func plan(_ specifications: [TaskSpecification], name: String = "sweep") -> SweepPlan {
    SweepPlan(id: Digest(of: name), name: name, tasks: specifications.map { PlannedTask(specification: $0) })
  }

  /// The result that every worker computes for the task.
  static func success(
    _ specification: TaskSpecification, values: JSONValue = [:], objects: [NamedObject] = []
  ) -> TaskEnding.Success {
    let references = objects.map { ($0.name, ObjectReference(digest: $0.digest, size: $0.size)) }
    let outcome = Outcome(
      task: specification.id, kind: specification.kind, objects: Dictionary(uniqueKeysWithValues: references),
      values: values)
    return TaskEnding.Success(outcome: outcome.canonical, attempt: Array("{}".utf8), objects: objects)
  }

  static func worker(_ number: UInt8) -> WorkerID { WorkerID(bytes: [number] + Array(repeating: 0, count: 15))! }
}

/// A coordinator in virtual time, with hands for what its shell and its workers would do.
struct Coordinator {
  var machine: CoordinatorMachine
  var now = Instant(seconds: 100)
  private var sequences: [WorkerID: UInt64] = [:]

  init(_ adjust: (inout CoordinatorSettings) -> Void = { _ in }) {
    var settings = CoordinatorSettings(coordinatorEpoch: 7)
    adjust(&settings)
    machine = CoordinatorMachine(settings: settings, at: now)
  }

  @discardableResult
  mutating func handle(_ event: CoordinatorMachine.Event) throws -> [CoordinatorMachine.Action] {
    let actions = machine.handle(event, at: now)
    try machine.checkInvariants()
    return actions
  }

  /// Lets time pass as a healthy shell does, tick by tick.
  @discardableResult
  mutating func pass(seconds: Double) throws -> [CoordinatorMachine.Action] {
    let end = now.advanced(bySeconds: seconds)
    var actions: [CoordinatorMachine.Action] = []
    while now < end {
      now = min(end, max(now, machine.nextDeadline ?? end))
      actions += try handle(.timePassed)
    }
    return actions
  }

  private mutating func sequence(_ worker: WorkerID) -> UInt64 {
    sequences[worker, default: 0] += 1
    return sequences[worker]!
  }

  @discardableResult
  mutating func hello(
    _ worker: WorkerID, slots: Int = 1, incarnation: UInt64 = 1, build: String = "b", cores: [String] = [],
    attempts: [AttemptReport] = [], labels: [String] = [], memory: Int? = nil, of principal: Principal = .anybody
  ) throws -> [CoordinatorMachine.Action] {
    let hello = Hello(
      worker: worker, sequence: sequence(worker), incarnation: incarnation, build: build, host: "host", slots: slots,
      cores: cores, attempts: attempts, labels: labels, slotMemory: memory)
    return try handle(.received(.hello(hello), from: worker, of: principal))
  }

  @discardableResult
  mutating func beat(
    _ worker: WorkerID, credits: Int = 1, attempts: [AttemptReport] = [], loaded: [String] = [], draining: Bool = false,
    hears: Bool = true, of principal: Principal = .anybody
  ) throws -> [CoordinatorMachine.Action] {
    let sequence = sequence(worker)
    let beat = Heartbeat(
      sequence: sequence, heard: hears ? sequence - 1 : 0, credits: credits, draining: draining, attempts: attempts,
      loadedCores: loaded)
    return try handle(.received(.heartbeat(beat), from: worker, of: principal))
  }

  /// Says hello and asks for as much as there are slots.
  @discardableResult
  mutating func join(
    _ worker: WorkerID, slots: Int = 1, cores: [String] = [], memory: Int? = nil, of principal: Principal = .anybody
  ) throws -> [CoordinatorMachine.Action] {
    try hello(worker, slots: slots, cores: cores, memory: memory, of: principal)
      + beat(worker, credits: slots, of: principal)
  }

  @discardableResult
  mutating func succeed(
    _ worker: WorkerID, _ attempt: AttemptName, _ success: TaskEnding.Success, seconds: Double = 1,
    of principal: Principal = .anybody
  ) throws -> [CoordinatorMachine.Action] {
    let ending = TaskEnding(attempt: attempt, seconds: seconds, ending: .success(success))
    return try handle(.received(.result(ending), from: worker, of: principal))
  }

  /// A result and its commit.
  @discardableResult
  mutating func finish(
    _ worker: WorkerID, _ attempt: AttemptName, _ success: TaskEnding.Success, seconds: Double = 1,
    of principal: Principal = .anybody
  ) throws -> [CoordinatorMachine.Action] {
    try succeed(worker, attempt, success, seconds: seconds, of: principal) + handle(.committed(attempt, by: worker))
  }

  /// The process of the attempt died.
  @discardableResult
  mutating func die(
    _ worker: WorkerID, _ attempt: AttemptName, _ cause: FailureCause
  ) throws -> [CoordinatorMachine.Action] {
    let ending = TaskEnding(attempt: attempt, seconds: 1, ending: .failure(.init(cause)))
    return try handle(.received(.result(ending), from: worker, of: .anybody))
  }

  @discardableResult
  mutating func fail(
    _ worker: WorkerID, _ attempt: AttemptName, _ kind: TaskEnding.FailureClass, of principal: Principal = .anybody
  ) throws -> [CoordinatorMachine.Action] {
    let ending = TaskEnding(attempt: attempt, seconds: 1, ending: .failure(Self.failure(kind)))
    return try handle(.received(.result(ending), from: worker, of: principal))
  }
}

extension Coordinator {
  static func failure(_ kind: TaskEnding.FailureClass) -> TaskEnding.Failure {
    switch kind {
    case .exception: .init(.exception(lastWords: "because"))
    case .processDied: .init(.signalled(9))
    case .handedBack: .init(.handedBack)
    case .unavailable: .init(.notKept(lastWords: "because"))
    }
  }
}

extension [CoordinatorMachine.Action] {
  /// To whomever.
  var allGrants: [Grant] {
    flatMap { action -> [Grant] in if case .send(.grants(let grants), _) = action { grants } else { [] } }
  }

  var failures: [TaskFailureReport] { compactMap { if case .gaveUp(let report) = $0 { report } else { nil } } }

  func sent(to worker: WorkerID) -> [CoordinatorMessage] {
    compactMap { if case .send(let message, worker) = $0 { message } else { nil } }
  }

  func grants(to worker: WorkerID) -> [Grant] {
    sent(to: worker).flatMap { message -> [Grant] in if case .grants(let grants) = message { grants } else { [] } }
  }

  var commits: [CommitRequest] { compactMap { if case .commit(let request) = $0 { request } else { nil } } }

  var finishedSweeps: [SweepCounts] {
    compactMap { if case .sweepFinished(_, let counts) = $0 { counts } else { nil } }
  }

  func acknowledges(_ attempt: AttemptName) -> Bool {
    contains { if case .send(.acknowledgement(attempt), _) = $0 { true } else { false } }
  }

  func cancels(_ attempt: AttemptName) -> Bool {
    contains { if case .send(.cancel(attempt), _) = $0 { true } else { false } }
  }
}
