import Coordination
import Core
import Wire

/// The agents' shells and their slots, modelled.
extension World {
  mutating func startAgent(_ host: Int) throws {
    guard hosts[host].machine == nil else { return }
    hosts[host].life += 1
    // An agent that comes back usually has a new name; under its old one it has a higher incarnation.
    if hosts[host].incarnation == 0 || chance(0.7) { hosts[host].id = Self.name(&generator) }
    hosts[host].incarnation += 1
    hosts[host].connection = nil
    hosts[host].scheduledTick = nil
    let settings = WorkerSettings(
      id: hosts[host].id, incarnation: hosts[host].incarnation, build: "simulated", host: "host \(host)",
      slots: hosts[host].slots.count, cores: ["Haswell", "Zen"])
    if !hosts[host].spool.isEmpty { count(.resultsSurvivedTheirAgent) }
    hosts[host].machine = WorkerMachine(settings: settings, spooled: hosts[host].spool, at: now)
    let actions = hosts[host].machine!.start(at: now)
    for action in actions { try perform(action, host) }
    scheduleAgentTick(host)
  }

  /// The agent ends without warning, and its slots with it.
  mutating func crashAgent(_ host: Int) {
    guard hosts[host].machine != nil else { return }
    endAgent(host)
    agenda.add(.agentStarts(host: host), at: after(0.5 + 60 * generator.uniform()))
  }

  /// The host goes down and comes back with what its disk had taken: of results not all, of a cache nothing that can be
  /// trusted.
  mutating func cutPower(of host: Int) {
    guard hosts[host].machine != nil else { return }
    let kept = hosts[host].spool.filter { _ in !chance(0.5) }
    troubles[.resultTorn, default: 0] += hosts[host].spool.count - kept.count
    hosts[host].spool = kept
    hosts[host].cache = []
    crashAgent(host)
  }

  private mutating func endAgent(_ host: Int) {
    hosts[host].machine = nil
    hosts[host].life += 1
    hosts[host].connection = nil
    hosts[host].wantsConnection = false
    hosts[host].frozenUntil = .zero
    for slot in hosts[host].slots.indices { killProcess(host, slot) }
  }

  mutating func killProcess(_ host: Int, _ slot: Int) {
    hosts[host].slots[slot].process += 1
    hosts[host].slots[slot].isUp = false
    hosts[host].slots[slot].grant = nil
    hosts[host].slots[slot].hangs = false
  }

  mutating func agentTick(_ host: Int, _ life: Int) throws {
    guard hosts[host].life == life, let machine = hosts[host].machine else { return }
    hosts[host].scheduledTick = nil
    if let deadline = machine.nextDeadline, deadline <= now {
      try tell(host, .timePassed)
      if let next = hosts[host].machine?.nextDeadline, next <= now {
        throw InvariantViolation("an agent's deadline does not move on")
      }
    } else {
      scheduleAgentTick(host)
    }
  }

  private mutating func scheduleAgentTick(_ host: Int) {
    guard let deadline = hosts[host].machine?.nextDeadline else { return }
    let instant = max(now, deadline)
    if let scheduled = hosts[host].scheduledTick, scheduled <= instant { return }
    hosts[host].scheduledTick = instant
    agenda.add(.agentTick(host: host, life: hosts[host].life), at: whenTimerFires(instant))
  }

  mutating func tell(_ host: Int, _ event: WorkerMachine.Event) throws {
    guard hosts[host].machine != nil else { return }
    steps += 1
    let actions = hosts[host].machine!.handle(event, at: now)
    try hosts[host].machine!.checkInvariants()
    for action in actions { try perform(action, host) }
    scheduleAgentTick(host)
  }

  private mutating func perform(_ action: WorkerMachine.Action, _ host: Int) throws {
    let life = hosts[host].life
    switch action {
    case .connect:
      hosts[host].wantsConnection = true
      agenda.add(.connects(host: host, life: life), at: after(0.01))
    case .disconnect:
      hosts[host].wantsConnection = false
      hosts[host].connection = nil
    case .send(let message): try sendUp(message, from: host)
    case .fetch(let objects):
      for object in objects {
        agenda.add(.fetched(host: host, life: life, object), at: after(0.01 + 0.5 * generator.uniform()))
      }
    case .startSlot(let slot, _):
      guard !hosts[host].slots[slot].isUp else { throw InvariantViolation("a slot has two processes") }
      agenda.add(.slotUp(host: host, slot: slot, process: hosts[host].slots[slot].process), at: after(0.1))
    case .cancelSlot(let slot):
      let model = hosts[host].slots[slot]
      if model.hangs { count(.hungTaskNoticed) }
      agenda.add(
        .slotStops(host: host, slot: slot, process: model.process, run: model.run),
        at: after(0.01 + generator.uniform()))
    case .stopSlot(let slot):
      if hosts[host].slots[slot].grant != nil { count(.processEndedAfterGrace) }
      killProcess(host, slot)
      agenda.add(.slotDown(host: host, life: life, slot: slot), at: after(0.05))
    case .run(let slot, let grant): try run(host, slot, grant)
    case .spool(let ending): agenda.add(.spooled(host: host, life: life, ending), at: after(0.005))
    case .offer(let attempt, let objects):
      agenda.add(.offered(host: host, life: life, attempt, objects), at: after(0.02 + 0.2 * generator.uniform()))
    case .discard(let attempt): hosts[host].spool.removeAll { $0.attempt == attempt }
    case .exit: try exit(host)
    case .report: break
    }
  }

  private mutating func exit(_ host: Int) throws {
    guard hosts[host].spool.isEmpty else { throw InvariantViolation("an agent leaves with results that nobody has") }
    // Its last words are on the way; then it starts again as a new agent.
    hosts[host].machine = nil
    hosts[host].life += 1
    for slot in hosts[host].slots.indices { killProcess(host, slot) }
    hosts[host].wantsConnection = false
    agenda.add(.agentStarts(host: host), at: after(5 + 40 * generator.uniform()))
  }

  private mutating func run(_ host: Int, _ slot: Int, _ grant: Grant) throws {
    try checkRun(host, slot, grant)
    runs += 1
    hosts[host].slots[slot].grant = grant
    hosts[host].slots[slot].run += 1
    hosts[host].slots[slot].progress = 0
    let process = hosts[host].slots[slot].process
    let run = hosts[host].slots[slot].run
    let item = workload.items[workload.index[grant.attempt.task]!]
    let seconds = item.seconds * hosts[host].slowness
    if hosts[host].slowness > 1 { count(.taskRanSlowly) }
    agenda.add(
      .taskEnds(host: host, slot: slot, process: process, run: run),
      at: after(item.temper == .killing ? seconds / 3 : seconds))
    agenda.add(.progress(host: host, slot: slot, process: process, run: run), at: after(5))
  }

  mutating func progress(_ host: Int, _ slot: Int, _ process: Int, _ run: Int) throws {
    let model = hosts[host].slots[slot]
    guard model.process == process, model.run == run, model.grant != nil, !model.hangs else { return }
    hosts[host].slots[slot].progress += 1
    try tell(host, .progressed(slot: slot, units: hosts[host].slots[slot].progress, thousandths: 0))
    agenda.add(.progress(host: host, slot: slot, process: process, run: run), at: after(5))
  }

  /// A task that was asked to stop does, unless it hangs.
  mutating func slotStops(_ host: Int, _ slot: Int, _ process: Int, _ run: Int) throws {
    let model = hosts[host].slots[slot]
    guard model.process == process, model.run == run, !model.hangs, model.grant != nil else { return }
    hosts[host].slots[slot].grant = nil
    count(.taskStopped)
    try tell(host, .stopped(slot: slot))
  }

  mutating func slotUp(_ host: Int, _ slot: Int, _ process: Int) throws {
    guard hosts[host].slots[slot].process == process else { return }
    hosts[host].slots[slot].isUp = true
    try tell(host, .slotReady(slot: slot))
  }

  mutating func taskEnds(_ host: Int, _ slot: Int, _ process: Int, _ run: Int) throws {
    let model = hosts[host].slots[slot]
    guard model.process == process, model.run == run, !model.hangs, let grant = model.grant else { return }
    let item = workload.items[workload.index[grant.attempt.task]!]
    hosts[host].slots[slot].grant = nil
    let seconds = item.seconds * hosts[host].slowness
    switch item.temper {
    case .killing:
      killProcess(host, slot)
      try tell(host, .slotDied(slot: slot, .signalled(11)))
    case .moody where thrown.insert(grant.attempt.task).inserted:
      try tell(host, .failed(slot: slot, .exception(lastWords: "in a bad mood"), seconds: seconds))
    case .throwing:
      try tell(host, .failed(slot: slot, .exception(lastWords: "as always"), seconds: seconds))
    case .good, .fickle, .moody:
      try tell(host, .finished(slot: slot, workload.success(of: item, host: host), seconds: seconds))
    }
  }
}
