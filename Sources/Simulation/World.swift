import Coordination
package import Core
package import Wire

/// A whole cluster: the real loops of coordinator and agents, everything else modelled, in virtual time. Equal seeds give
/// equal runs.
package struct World {
  package let seed: UInt64
  package let faults: Faults
  package let sabotage: Sabotage?
  package let workload: Workload
  package internal(set) var now = Instant(seconds: 1)
  /// How many turns the loops of coordinator and agents have had.
  package internal(set) var steps = 0
  /// Disturbances that were brought about and had something to disturb, by kind.
  package internal(set) var disturbed: [Faults.Disturbance: Int] = [:]
  /// What went wrong, or was noticed, by kind.
  package internal(set) var troubles: [Trouble: Int] = [:]
  /// What the coordinators of all lives have counted, up to the last crash or the end.
  package internal(set) var counters = ClusterCounters()
  /// How often a task was started in a slot.
  package internal(set) var runs = 0

  var generator: SeededGenerator
  var agenda = Agenda()
  var coordinator: CoordinatorProcess
  var hosts: [Host]
  var connections = 0
  var adversary: Adversary
  /// All hosts have one key.
  let sharesKey: Bool
  /// The host that hands in something else than it should.
  var liar: Int?
  /// Only where everything is drawn, or asked for: what is told by hand counts what runs.
  private(set) var auditShare = 0.0
  var isHealed = false
  /// Somebody has asked for the second sweep.
  var hasSecondSweep = false
  /// Submissions that have no answer yet, by whether they are about the second sweep.
  var unanswered: Set<Bool> = []
  /// How many messages a process handles in a turn at most.
  let arrivalLimit: Int
  var objectsPortDownUntil = Instant.zero
  /// Tasks that have thrown once.
  var thrown: Set<TaskID> = []
  /// Objects that were made to vanish.
  var vanished: Set<Digest> = []
  var lastRetry = Instant.zero
  var recent: [String] = []

  /// What is on the coordinator's disk.
  package var store: ModelStore { coordinator.loop.outside.store }

  /// A cluster of a few hosts with a small sweep.
  package init(seed: UInt64, faults: Faults, sabotage: Sabotage? = nil, hosts count: Int? = nil, trials: Int = 20) {
    self.seed = seed
    self.faults = faults
    self.sabotage = sabotage
    workload = Workload(seed: seed, badTasks: faults.badTasks, trials: trials)
    var generator = SeededGenerator(seed: seed, purpose: "world")
    let count = count ?? 1 + generator.integer(below: 5)
    hosts = (0..<count).map { _ in Host(id: Self.name(&generator), sabotage: sabotage) }
    var others = SeededGenerator(seed: seed, purpose: "keys")
    sharesKey = Bool.random(using: &others)
    adversary = Adversary(id: Self.name(&others))
    var turns = SeededGenerator(seed: seed, purpose: "turns")
    arrivalLimit = [1, 4, 4096][turns.integer(below: 3)]
    coordinator = CoordinatorProcess(
      loop: CoordinatorLoop(
        settings: CoordinatorSettings(coordinatorEpoch: 1),
        outside: ModelOutside(seed: seed, workload: workload, sabotage: sabotage)))
    self.generator = generator
  }

  /// The faults, drawn from the seed too.
  package init(seed: UInt64, sabotage: Sabotage? = nil) {
    var generator = SeededGenerator(seed: seed, purpose: "faults")
    self.init(seed: seed, faults: Faults.drawn(from: &generator), sabotage: sabotage)
    var others = SeededGenerator(seed: seed, purpose: "audits")
    // Who sees whether somebody computes twice must not be told to look away.
    guard sabotage == nil && Bool.random(using: &others) || sabotage == .unsettledDisputes else { return }
    audit(share: 0.3)
    // Audits find out who lies; whether he is named shows where two others have keys of their own.
    guard Bool.random(using: &others) else { return }
    liar = others.integer(below: hosts.count)
    disturbed[.wrongResults] = 1
  }

  /// So many of the results are computed once more under another key.
  mutating func audit(share: Double) {
    auditShare = share
    coordinator.loop.outside.checks.allowsAudits = true
  }

  /// A cluster with a real store in the directory `path`. Objects do not get lost in it.
  package init(seed: UInt64, storePath path: String) throws {
    var generator = SeededGenerator(seed: seed, purpose: "faults")
    var faults = Faults.drawn(from: &generator)
    faults.kinds = faults.kinds.filter { $0 != .objectLost } + [.coordinatorCrash]
    faults.disturbances = max(0.1, faults.disturbances)
    self.init(seed: seed, faults: faults)
    coordinator.loop.outside.real = try RealStore(path: path)
  }

  static func name(_ generator: inout SeededGenerator) -> WorkerID {
    var bytes = (0..<16).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    bytes[0] |= 1
    return WorkerID(bytes: bytes)!
  }

  /// Runs until everything is done after healing. Throws a ``Violation`` when a check fails on the way, or when the
  /// cluster does not finish.
  package mutating func run() throws {
    begin()
    try runToTheEnd(within: faults.seconds + 3000)
  }

  mutating func runToTheEnd(within seconds: Double) throws {
    let limit = after(seconds)
    do {
      while agenda.nextInstant != nil {
        try step()
        if isHealed, try isComplete() {
          takeCounters()
          return try checkEnd()
        }
        if now > limit { throw InvariantViolation("the cluster does not finish: \(unfinished)") }
      }
      throw InvariantViolation("nothing happens any more: \(unfinished)")
    } catch let violation as InvariantViolation {
      throw Violation(world: self, text: violation.description)
    }
  }

  /// The next thing that happens.
  mutating func step() throws {
    guard let next = agenda.next() else { return }
    now = max(now, next.at)
    note(next.happening)
    try happen(next.happening)
  }

  /// Adds up what the coordinator has counted, before its machine is gone.
  mutating func takeCounters() {
    guard let machine = coordinator.machine else { return }
    counters = counters + machine.status(includingWorkers: false).counters
    if machine.secondsLate > 0 { count(.coordinatorWasLate) }
  }

  mutating func count(_ trouble: Trouble) { troubles[trouble, default: 0] += 1 }

  mutating func begin() {
    agenda.add(.coordinatorStarts, at: now)
    for host in hosts.indices {
      hosts[host].slots = Array(repeating: SlotProcess(), count: 1 + generator.integer(below: 3))
      agenda.add(.agentStarts(host: host), at: now.advanced(bySeconds: generator.uniform() * 5))
    }
    agenda.add(.submission(isSecond: false), at: now)
    agenda.add(.submission(isSecond: true), at: now.advanced(bySeconds: 10 + generator.uniform() * 80))
    agenda.add(.heal, at: now.advanced(bySeconds: faults.seconds))
    scheduleDisturbance()
  }

  func after(_ seconds: Double) -> Instant { now.advanced(bySeconds: seconds) }

  /// When a timer for `due` goes off.
  mutating func whenTimerFires(_ due: Instant) -> Instant {
    guard faults.lateness > 0, !isHealed else { return due }
    let seconds = faults.lateness * generator.uniform()
    if seconds >= 0.1 { count(.timerLate) }
    return due.advanced(bySeconds: seconds)
  }

  mutating func chance(_ probability: Double) -> Bool { probability > 0 && generator.uniform() < probability }

  private mutating func note(_ happening: Happening) {
    guard let text = happening.brief else { return }
    recent.append("\(now) " + text)
    if recent.count > 120 { recent.removeFirst(60) }
  }

  mutating func happen(_ happening: Happening) throws {
    if let frozen = frozenUntil(happening), frozen > now { return agenda.add(happening, at: frozen) }
    switch happening {
    case .coordinatorTurn(let life): try coordinatorTurn(life)
    case .agentTurn(let host, let life): try agentTurn(host, life)
    case .coordinatorStarts: try startCoordinator()
    case .agentStarts(let host): try startAgent(host)
    case .connects(let host, let life): connect(host, life)
    case .connected(let host, let life, let connection):
      guard hosts[host].life == life else { return }
      // What broke before it was up is tried again, as sockets do.
      guard hosts[host].connection == connection else { return connect(host, life) }
      if hosts[host].place != hosts[host].lastPlace { count(.coordinatorFoundElsewhere) }
      hosts[host].lastPlace = hosts[host].place
      put(.connected, on: host)
    case .disconnected(let host, let life): disconnected(host, life)
    case .closed(let life, let worker): closed(life, worker)
    case .frameUp(let host, let connection, let message): arrive(host, connection, message)
    case .frameDown(let host, let connection, let message): arriveDown(host, connection, message)
    case .frameLeaves(let life, let message, let route):
      if life == coordinator.life { try sendDown(message, to: route) }
    case .hoarding: hoardOn()
    case .objectsUp(let request): objectsArrive(request)
    case .objectsLeave(let life, let message, let request):
      if life == coordinator.life { sendObjectsDown(message, request) }
    case .objectsDown(let host, let life, let message):
      if hosts[host].life == life { put(.objects(message), on: host) }
    case .slotUp(let host, let slot, let process): slotUp(host, slot, process)
    case .slotDown(let host, let life, let slot):
      if hosts[host].life == life { put(.slotEnded(slot, .signalled(9)), on: host) }
    case .slotStops(let host, let slot, let process, let run): slotStops(host, slot, process, run)
    case .inputUnreadable(let host, let slot, let process, let run, let object):
      inputUnreadable(host, slot, process, run, object)
    case .progress(let host, let slot, let process, let run): progress(host, slot, process, run)
    case .taskEnds(let host, let slot, let process, let run): taskEnds(host, slot, process, run)
    case .submission(let isSecond): try submit(isSecond: isSecond)
    case .sweepGoesOn(let isSecond): try goOn(isSecond: isSecond)
    case .disturbance: try disturb()
    case .heal: heal()
    }
  }

  /// When the process that the happening needs is frozen, until when.
  private func frozenUntil(_ happening: Happening) -> Instant? {
    switch happening {
    case .coordinatorTurn: coordinator.frozenUntil
    case .agentTurn(let host, _), .slotUp(let host, _, _), .slotDown(let host, _, _), .slotStops(let host, _, _, _),
      .inputUnreadable(let host, _, _, _, _), .progress(let host, _, _, _), .taskEnds(let host, _, _, _):
      hosts[host].frozenUntil
    default: nil
    }
  }
}

/// A check that failed, with what is needed to see it again.
package struct Violation: Error, CustomStringConvertible {
  package let description: String
  package let text: String
  package let seed: UInt64

  init(world: World, text: String) {
    self.init(seed: world.seed, at: world.now, text: text, events: Array(world.recent.suffix(60)))
  }

  /// - Parameter events: the last ones before it.
  package init(seed: UInt64, at now: Instant, text: String, events: [String]) {
    (self.seed, self.text) = (seed, text)
    let lines = (["seed \(seed), at \(now): \(text)"] + events.map { "  " + $0 })
    description = (lines + ["replay: winnow simulate --seed \(seed)"]).joined(separator: "\n")
  }
}
