import Coordination
import Core
import Sweeps
import Wire

/// Somebody who holds a worker's key of his own and means no good.
struct Adversary: Sendable {
  static let principal = Principal(key: "the adversary's", name: "adversary", role: .worker)

  let id: WorkerID
  var connections = 0
  var sequence: UInt64 = 0
  /// What he was granted and will never finish.
  var held: [AttemptName] = []
  var progress: UInt64 = 0
  var isHoarding = false

  /// The connection that he uses now.
  var peer: Peer { Peer(route: RouteID(bytes: Array("adversary \(connections)".utf8)), principal: Self.principal) }

  func owns(_ route: RouteID) -> Bool { String(decoding: route.bytes, as: UTF8.self).hasPrefix("adversary") }
}

extension World {
  private mutating func attack(_ message: AgentMessage) {
    guard coordinator.isUp else { return }
    coordinator.loop.outside.inbox.append(.agent(message, from: adversary.peer))
    scheduleTurn()
  }

  private func hello(as id: WorkerID, slots: Int, attempts: [AttemptReport] = []) -> AgentMessage {
    .hello(
      Hello(
        worker: id, sequence: adversary.sequence, incarnation: 1 << 32, build: "simulated", host: "elsewhere",
        slots: slots, cores: ["Haswell", "Zen"], attempts: attempts))
  }

  /// Takes the name of a worker that has another key, to get its grants and to hand in for it.
  mutating func impersonate(_ host: Int) -> Bool {
    guard coordinator.isUp, coordinator.loop.admission.route(to: hosts[host].id) != nil else { return false }
    adversary.connections += 1
    adversary.sequence += 1
    attack(hello(as: hosts[host].id, slots: 4))
    attack(.bye)
    return true
  }

  /// Hands in what nobody asked him for: invented outcomes, of tasks that are open and of tasks that are done.
  mutating func lie() -> Bool {
    guard coordinator.isUp else { return false }
    adversary.connections += 1
    adversary.sequence += 1
    let claims = workload.items.prefix(8).map {
      AttemptName(task: $0.specification.id, epoch: Epoch(UInt64(coordinator.epoch) << 32))
    }
    attack(hello(as: adversary.id, slots: 1, attempts: claims.map { AttemptReport(attempt: $0, phase: .running) }))
    for (claim, item) in zip(claims, workload.items) {
      let outcome = Outcome(
        task: claim.task, kind: item.specification.kind, objects: [:], values: ["accuracy": .number(0.9999)])
      let success = TaskEnding.Success(outcome: outcome.canonical, attempt: Array("{}".utf8), objects: [])
      attack(.result(TaskEnding(attempt: claim, seconds: 1, ending: .success(success))))
    }
    return true
  }

  /// Says hello under ever new names, and whatever else comes to mind.
  mutating func flood() -> Bool {
    guard coordinator.isUp else { return false }
    for _ in 0..<40 {
      adversary.connections += 1
      adversary.sequence += 1
      attack(hello(as: Self.name(&generator), slots: 1_024))
      coordinator.loop.outside.inbox.append(.client(.shutdown, from: adversary.peer))
      coordinator.loop.outside.inbox.append(.unusable)
    }
    scheduleTurn()
    return true
  }

  /// Takes as many tasks as he is given, says that he works, and finishes none; from now on to the end.
  mutating func hoard() -> Bool {
    guard coordinator.isUp, !adversary.isHoarding else { return false }
    adversary.isHoarding = true
    adversary.connections += 1
    hoardOn()
    return true
  }

  /// The next sign of life of who hoards.
  mutating func hoardOn() {
    agenda.add(.hoarding, at: after(5))
    adversary.sequence += 1
    adversary.progress += 1
    let reports = adversary.held.map { AttemptReport(attempt: $0, phase: .running, progress: adversary.progress) }
    attack(hello(as: adversary.id, slots: 1_024, attempts: reports))
    adversary.sequence += 1
    attack(
      .heartbeat(
        Heartbeat(
          sequence: adversary.sequence, heard: adversary.sequence - 1, credits: Limits.credits, draining: false,
          attempts: reports, loadedCores: [])))
  }

  /// What the coordinator says to him.
  mutating func tellAdversary(_ message: CoordinatorMessage) throws {
    switch message {
    case .grants(let grants):
      count(.tasksHoarded)
      adversary.held += grants.map(\.attempt)
    case .cancel(let attempt): adversary.held.removeAll { $0 == attempt }
    case .rejectedResult(let rejected) where rejected.cause == .notGranted: count(.inventedResultRefused)
    case .acknowledgement(let attempt):
      throw InvariantViolation("a result of task \(attempt.task.short) is taken from who was not asked for it")
    default: break
    }
  }
}
