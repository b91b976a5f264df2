import Coordination
import Core
import Wire

/// The agents' processes: the real loop, whose turns come when its poll would return.
extension World {
  mutating func startAgent(_ host: Int) throws {
    guard !hosts[host].isUp else { return }
    hosts[host].life += 1
    // An agent that comes back usually has a new name; under its old one it has a higher incarnation.
    if hosts[host].incarnation == 0 || chance(0.7) { hosts[host].id = Self.name(&generator) }
    hosts[host].incarnation += 1
    hosts[host].connection = nil
    hosts[host].place = 0
    hosts[host].scheduledTurn = nil
    hosts[host].objectsAsked = [:]
    let disk = hosts[host].disk
    disk.restart()
    disk.today = now.seconds(since: .zero)
    var settings = WorkerSettings(
      id: hosts[host].id, incarnation: hosts[host].incarnation, build: "simulated", host: "host \(host)",
      slots: hosts[host].slots.count, cores: ["Haswell", "Zen"])
    settings.addresses = 2
    var transfers = TransferSettings()
    transfers.chunk = ModelObjectServer.chunk
    let cache = try cache(of: host, process: 0)
    hosts[host].slotCache = try self.cache(of: host, process: 1)
    let spool = try ResultSpool(directory: Host.spool, cache: cache)
    if !spool.all.isEmpty { count(.resultsSurvivedTheirAgent) }
    troubles[.resultTorn, default: 0] += max(0, hosts[host].resultsBeforeCut - spool.all.count)
    hosts[host].resultsBeforeCut = 0
    hosts[host].loop = AgentLoop(
      settings: settings, outside: ModelAgentOutside(disk: disk, sabotage: sabotage, at: now), cache: cache,
      spool: spool, transfers: transfers, arrivalLimit: arrivalLimit)
    try act(host) { $0.start() }
  }

  private func cache(of host: Int, process: Int) throws -> ObjectCache<ModelDisk> {
    try ObjectCache(
      on: hosts[host].disk, directory: Host.cache, limit: .max, trustedSince: hosts[host].startedAt, process: process)
  }

  /// The agent ends without warning, and its slots with it.
  mutating func crashAgent(_ host: Int) {
    guard hosts[host].isUp else { return }
    close(host)
    endAgent(host)
    agenda.add(.agentStarts(host: host), at: after(0.5 + 60 * generator.uniform()))
  }

  /// The host goes down and comes back with what its disk had taken: of what was written since it started, not all.
  mutating func cutPower(of host: Int) {
    guard hosts[host].isUp else { return }
    hosts[host].resultsBeforeCut = hosts[host].results.count
    hosts[host].promised = []
    hosts[host].disk.cutPower(writtenSince: hosts[host].startedAt, &generator)
    hosts[host].startedAt = after(0.1).seconds(since: .zero)
    crashAgent(host)
  }

  private mutating func endAgent(_ host: Int) {
    hosts[host].loop = nil
    hosts[host].slotCache = nil
    hosts[host].life += 1
    hosts[host].wantsConnection = false
    hosts[host].frozenUntil = .zero
    for slot in hosts[host].slots.indices { killProcess(host, slot) }
  }

  /// Its last words are on the way; then it starts again as a new agent.
  private mutating func endAgentInOrder(_ host: Int) throws {
    guard hosts[host].results.isEmpty || sabotage == .hoardedResults else {
      throw InvariantViolation("an agent leaves with results that nobody has")
    }
    endAgent(host)
    agenda.add(.agentStarts(host: host), at: after(5 + 40 * generator.uniform()))
  }

  // MARK: Turns

  mutating func agentTurn(_ host: Int, _ life: Int) throws {
    // An earlier turn may have taken the place of this one.
    guard hosts[host].life == life, let scheduled = hosts[host].scheduledTurn, scheduled.comes <= now else { return }
    hosts[host].scheduledTurn = nil
    steps += 1
    // A turn that is full leaves time to the next one.
    let isDrained = hosts[host].loop?.outside.hasWaiting == false
    try act(host) { $0.step() }
    if isDrained, let next = hosts[host].loop?.nextDeadline, next <= now {
      throw InvariantViolation("an agent's deadline does not move on")
    }
  }

  /// Lets the agent's process do something, and what it asks for follow.
  mutating func act(_ host: Int, _ body: (inout AgentLoop<ModelAgentOutside>) -> Void) throws {
    guard hosts[host].isUp else { return }
    let disk = hosts[host].disk
    disk.today = now.seconds(since: .zero)
    disk.isFull = hosts[host].diskFullUntil > now
    hosts[host].loop!.outside.begin(at: now)
    hosts[host].loop!.outside.hasObjectsPeer = isObjectsPortOpen(to: host)
    hosts[host].loop!.outside.startsNothing = hosts[host].startsNothingUntil > now
    disk.isInTurn = true
    body(&hosts[host].loop!)
    disk.isInTurn = false
    try endAgentTurn(host)
  }

  private mutating func endAgentTurn(_ host: Int) throws {
    let orders = hosts[host].loop!.outside.takeOrders()
    takeNotes(host)
    try hosts[host].loop!.machine.checkInvariants()
    if let violation = hosts[host].disk.violation { throw violation }
    let isOver = hosts[host].loop!.isOver
    for order in orders { try perform(order, host) }
    for attempt in hosts[host].promised where hosts[host].disk.status(of: hosts[host].path(of: attempt)) == nil {
      throw InvariantViolation("the result of \(attempt.task.short) left its agent's disk before it was acknowledged")
    }
    if hosts[host].disk.hasCrashed { return noteCrash(host) }
    if isOver { return try endAgentInOrder(host) }
    scheduleAgentTurn(host)
  }

  private mutating func takeNotes(_ host: Int) {
    let outside = hosts[host].loop!.outside
    recent.append(contentsOf: outside.lines.map { "\(now) host \(host): \($0)" })
    for trouble in outside.troubles { count(trouble) }
    (hosts[host].loop!.outside.lines, hosts[host].loop!.outside.troubles) = ([], [])
  }

  /// The agent has died in the middle of what it did with its disk.
  private mutating func noteCrash(_ host: Int) {
    disturbed[.agentCrashWriting, default: 0] += 1
    let wish = hosts[host].disk.lastWish
    recent.append("\(now) *** host \(host) died before \(wish.map { "\($0)" } ?? "nothing")")
    switch wish {
    case .rename(let path) where path.hasPrefix(Host.spool): count(.crashBeforeResultHadItsName)
    case .append: count(.crashWhileReceiving)
    default: count(.crashBetweenChanges)
    }
    crashAgent(host)
  }

  /// Lets the agent have a turn as soon as its poll returns: when something waits, or at its deadline.
  mutating func scheduleAgentTurn(_ host: Int) {
    guard let loop = hosts[host].loop else { return }
    let waits = loop.outside.hasWaiting
    guard let due = waits ? now : loop.nextDeadline else { return }
    let instant = max(now, due, hosts[host].frozenUntil)
    if let scheduled = hosts[host].scheduledTurn, (waits ? scheduled.comes : scheduled.due) <= instant { return }
    let comes = waits ? instant : whenTimerFires(instant)
    hosts[host].scheduledTurn = ScheduledTurn(due: instant, comes: comes)
    agenda.add(.agentTurn(host: host, life: hosts[host].life), at: comes)
  }

  /// Something waits for the agent from now on.
  mutating func put(_ arrival: AgentArrival, on host: Int) {
    hosts[host].loop?.outside.put(arrival)
    scheduleAgentTurn(host)
  }

  // MARK: What it asks for

  private mutating func perform(_ order: ModelAgentOutside.Order, _ host: Int) throws {
    switch order {
    case .connect:
      hosts[host].wantsConnection = true
      agenda.add(.connects(host: host, life: hosts[host].life), at: after(0.01))
    case .disconnect:
      hosts[host].wantsConnection = false
      close(host)
      hosts[host].place = 1 - hosts[host].place
    case .send(let message):
      try checkPromise(message, host)
      try sendUp(message, from: host)
    case .sendObjects(let message): try sendObjectsUp(message, from: host)
    case .startSlot(let slot):
      guard !hosts[host].slots[slot].isUp else { throw InvariantViolation("a slot has two processes") }
      agenda.add(.slotUp(host: host, slot: slot, process: hosts[host].slots[slot].process), at: after(0.1))
    case .tell(let slot, .run(let request)): try run(host, slot, request)
    case .tell(let slot, .cancel(let attempt)): cancel(host, slot, attempt)
    case .stopSlot(let slot):
      if hosts[host].slots[slot].request != nil { count(.processEndedAfterGrace) }
      killProcess(host, slot)
      agenda.add(.slotDown(host: host, life: hosts[host].life, slot: slot), at: after(0.05))
    }
  }

  /// A result that is told of is on the agent's disk, and stays there until it is acknowledged.
  private mutating func checkPromise(_ message: AgentMessage, _ host: Int) throws {
    guard case .result(let ending) = message, case .success(let success) = ending.ending else { return }
    // In the same turn it may have heard the answer to what it said before, which came while it was frozen.
    guard !hosts[host].answered.contains(ending.attempt) else { return }
    guard hosts[host].disk.status(of: hosts[host].path(of: ending.attempt)) != nil else {
      throw InvariantViolation("the result of \(ending.attempt.task.short) is handed in, but not on its agent's disk")
    }
    // One whose objects are damaged, which the coordinator has from others, is found out sooner or later, and goes.
    let disk = hosts[host].disk
    let isWhole = success.objects.allSatisfy { disk.holds($0.digest, at: "\(Host.spool)/objects/\($0.digest)") }
    if isWhole { hosts[host].promised.insert(ending.attempt) }
  }
}
