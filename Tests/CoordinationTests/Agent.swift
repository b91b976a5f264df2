import Coordination
import Core
import Sweeps
import Wire

/// An agent in virtual time.
struct Agent {
  var machine: WorkerMachine
  var now = Instant(seconds: 50)
  private var grants: UInt64 = 0

  init(slots: Int = 1, spooled: [TaskEnding] = [], addresses: Int = 1) {
    var settings = WorkerSettings(
      id: Examples.worker(9), incarnation: 1, build: "b", host: "h", slots: slots, cores: ["Haswell", "Zen"])
    settings.addresses = addresses
    machine = WorkerMachine(settings: settings, spooled: spooled, at: now)
    _ = machine.start(at: now)
  }

  @discardableResult
  mutating func handle(_ event: WorkerMachine.Event) throws -> [WorkerMachine.Action] {
    let actions = machine.handle(event, at: now)
    try machine.checkInvariants()
    return actions
  }

  @discardableResult
  mutating func hear(_ message: CoordinatorMessage) throws -> [WorkerMachine.Action] { try handle(.received(message)) }

  @discardableResult
  mutating func join(epoch: UInt32 = 7) throws -> [WorkerMachine.Action] {
    try handle(.connected)
      + hear(.welcome(Welcome(coordinatorEpoch: epoch, heartbeatSeconds: 5, resendSeconds: 10)))
  }

  /// Lets time pass; the coordinator answers every heartbeat unless told otherwise.
  @discardableResult
  mutating func pass(seconds: Double, answered: Bool = true) throws -> [WorkerMachine.Action] {
    let end = now.advanced(bySeconds: seconds)
    var all: [WorkerMachine.Action] = []
    while let deadline = machine.nextDeadline, deadline <= end {
      now = max(now, deadline)
      let actions = try handle(.timePassed)
      all += actions
      for case .heartbeat(let beat) in actions.sent where answered { try hear(.pulse(Pulse(sequence: beat.sequence))) }
    }
    now = end
    return all
  }

  mutating func grant(
    _ task: TaskSpecification, epoch: UInt32 = 7, inputs: [NamedObject] = [], number: UInt64? = nil
  ) -> Grant {
    grants += 1
    return Grant(
      attempt: AttemptName(task: task.id, epoch: Epoch(UInt64(epoch) << 32 | (number ?? grants))),
      specification: task.json.canonical, inputs: inputs.isEmpty ? [] : [GrantInput(name: "pool", objects: inputs)],
      sources: [], numericsCore: task.numericsCore)
  }

  /// Is granted the task, and has it running in a slot.
  mutating func run(_ task: TaskSpecification, slot: Int = 0) throws -> Grant {
    let grant = grant(task)
    let actions = try hear(.grants([grant]))
    if actions.contains(.startSlot(slot: slot, core: task.numericsCore)) { try handle(.slotReady(slot: slot)) }
    return grant
  }
}

extension [WorkerMachine.Action] {
  var sent: [AgentMessage] { compactMap { if case .send(let message) = $0 { message } else { nil } } }
  var results: [TaskEnding] { sent.compactMap { if case .result(let ending) = $0 { ending } else { nil } } }
  var failures: [TaskEnding.FailureClass] {
    results.compactMap { if case .failure(let failure) = $0.ending { failure.kind } else { nil } }
  }
  var credits: [Int] { sent.compactMap { if case .heartbeat(let beat) = $0 { beat.credits } else { nil } } }
}
