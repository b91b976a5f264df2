import Coordination
import Core
import Wire

/// The coordinator's process: the real loop, whose turns come when its poll would return.
extension World {
  mutating func startCoordinator() throws {
    guard !coordinator.isUp else { return }
    coordinator.life += 1
    if sabotage != .reusedEpochs { coordinator.epoch += 1 }
    coordinator.scheduledTurn = nil
    var settings = CoordinatorSettings(coordinatorEpoch: max(1, coordinator.epoch))
    settings.stallSeconds = 60
    settings.ownHost = "host 0"
    (settings.auditShare, settings.auditSeed) = (auditShare, seed)
    if sabotage == .endlessPatience { settings.tickSeconds = 1e6 }
    var outside = coordinator.loop.outside
    outside.restart()
    outside.begin(at: now)
    outside.checks.known = Set(outside.store.openSweeps)
    coordinator.loop = CoordinatorLoop(
      settings: settings, outside: outside, openSweeps: outside.openPlans, arrivalLimit: arrivalLimit)
    coordinator.isUp = true
    try endTurn()
  }

  /// One turn of the loop, and what came of it.
  mutating func coordinatorTurn(_ life: Int) throws {
    // An earlier turn may have taken the place of this one.
    guard life == coordinator.life, let scheduled = coordinator.scheduledTurn, scheduled.comes <= now else { return }
    coordinator.scheduledTurn = nil
    steps += 1
    coordinator.loop.outside.begin(at: now)
    let ticked = coordinator.loop.machine.ticked
    coordinator.loop.step()
    if coordinator.loop.machine.ticked != ticked {
      try coordinator.loop.outside.checkTick(at: coordinator.loop.machine.ticked)
    }
    try endTurn()
    try retryIfNeeded()
  }

  private mutating func endTurn() throws {
    recent.append(contentsOf: coordinator.loop.outside.lines.map { "\(now) " + $0 })
    for trouble in coordinator.loop.outside.troubles { count(trouble) }
    (coordinator.loop.outside.lines, coordinator.loop.outside.troubles) = ([], [])
    if let violation = coordinator.loop.outside.violation { throw violation }
    try coordinator.loop.machine.checkInvariants()
    guard !coordinator.loop.outside.hasCrashed else {
      disturbed[.coordinatorCrash, default: 0] += 1
      return try crashCoordinator()
    }
    coordinator.frozenUntil = max(coordinator.frozenUntil, coordinator.loop.outside.now)
    deliver()
    if coordinator.loop.isOver { return try endCoordinatorInOrder() }
    scheduleTurn()
  }

  /// Sends off what the coordinator has said, each at its moment.
  private mutating func deliver() {
    let (sent, replies) = (coordinator.loop.outside.outbox, coordinator.loop.outside.replies)
    (coordinator.loop.outside.outbox, coordinator.loop.outside.replies) = ([], [])
    for sent in sent {
      agenda.add(.frameLeaves(life: coordinator.life, sent.message, to: sent.route), at: sent.at)
    }
    for reply in replies { hear(reply.reply, client: reply.route) }
    for sent in coordinator.loop.outside.takeObjectReplies() {
      agenda.add(.objectsLeave(life: coordinator.life, sent.message, sent.request), at: sent.at)
    }
  }

  /// Lets the coordinator have a turn as soon as its poll returns: when something waits, or at its deadline.
  mutating func scheduleTurn() {
    guard coordinator.isUp else { return }
    let waits = coordinator.loop.outside.hasWaiting
    guard let due = waits ? now : coordinator.loop.nextDeadline else { return }
    let instant = max(now, due, coordinator.frozenUntil)
    if let scheduled = coordinator.scheduledTurn, (waits ? scheduled.comes : scheduled.due) <= instant { return }
    let comes = waits ? instant : whenTimerFires(instant)
    coordinator.scheduledTurn = ScheduledTurn(due: instant, comes: comes)
    agenda.add(.coordinatorTurn(life: coordinator.life), at: comes)
  }

  /// The process ends without warning.
  mutating func crashCoordinator() throws {
    guard coordinator.isUp else { return }
    if !store.staged.isEmpty { count(.crashLostObjects) }
    coordinator.loop.outside.store.staged = []
    try endCoordinator()
  }

  /// The process ends as it was told to: what has arrived is kept.
  private mutating func endCoordinatorInOrder() throws {
    count(.coordinatorEndedInOrder)
    coordinator.loop.outside.store.keepStaged()
    try coordinator.loop.outside.real?.flush()
    try endCoordinator()
  }

  private mutating func endCoordinator() throws {
    takeCounters()
    coordinator.isUp = false
    coordinator.life += 1
    coordinator.scheduledTurn = nil
    coordinator.loop.outside.restart()
    try coordinator.loop.outside.real?.crash()
    coordinator.frozenUntil = .zero
    for host in hosts.indices where hosts[host].connection != nil {
      hosts[host].connection = nil
      if !isCut(host) { agenda.add(.disconnected(host: host, life: hosts[host].life), at: after(faults.delay)) }
    }
    // Who had no answer asks again.
    for isSecond in [false, true] where unanswered.remove(isSecond) != nil {
      agenda.add(.submission(isSecond: isSecond), at: after(5))
    }
    agenda.add(.coordinatorStarts, at: after(0.5 + 20 * generator.uniform()))
  }
}
