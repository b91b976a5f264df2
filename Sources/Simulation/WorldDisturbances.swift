import Coordination
import Core
import Wire

/// What goes wrong.
extension World {
  mutating func scheduleDisturbance() {
    guard faults.disturbances > 0, !isHealed else { return }
    agenda.add(.disturbance, at: after(generator.exponential() / faults.disturbances))
  }

  mutating func disturb() throws {
    guard !isHealed else { return }
    scheduleDisturbance()
    let kind = faults.kinds[generator.integer(below: faults.kinds.count)]
    // Half of the crashes come at the worst moment.
    if kind == .coordinatorCrash, chance(0.5) {
      coordinator.loop.outside.crashPoint = chance(0.5) ? .beforeCommit : .afterCommit
      return
    }
    let host = generator.integer(below: hosts.count)
    let slot = generator.integer(below: hosts[host].slots.count)
    _ = try bringAbout(kind, host: host, slot: slot, seconds: generator.exponential() * 20)
  }

  /// Disturbs the cluster, with `seconds` for what lasts. False when there was nothing to disturb: what is down cannot
  /// crash, and what runs nothing cannot hang.
  @discardableResult package mutating func bringAbout(
    _ kind: Faults.Disturbance, host: Int = 0, slot: Int = 0, seconds: Double = 20
  ) throws -> Bool {
    recent.append("\(now) *** \(kind)")
    let until = after(seconds)
    var isReal = true
    switch kind {
    case .coordinatorCrash:
      isReal = coordinator.isUp
      try crashCoordinator()
    case .coordinatorShutdown:
      isReal = coordinator.isUp
      try ask(.shutdown)
    case .coordinatorFreeze:
      isReal = coordinator.isUp
      if isReal { coordinator.frozenUntil = max(until, coordinator.frozenUntil) }
    case .agentCrash:
      isReal = hosts[host].machine != nil
      crashAgent(host)
    case .agentPowerCut:
      isReal = hosts[host].machine != nil
      cutPower(of: host)
    case .agentFreeze:
      isReal = hosts[host].machine != nil
      if isReal { hosts[host].frozenUntil = until }
    case .agentDrain:
      isReal = hosts[host].machine != nil
      if chance(0.5) { try tell(host, .drain) } else { try ask(.drainWorker("\(hosts[host].id)")) }
    case .slotDeath:
      isReal = hosts[host].slots[slot].isUp && hosts[host].frozenUntil <= now
      if isReal { try kill(host, slot) }
    case .slotHang:
      isReal = hosts[host].slots[slot].grant != nil
      hosts[host].slots[slot].hangs = isReal
    case .slowHost:
      hosts[host].slowness = [1, 3, 12][generator.integer(below: 3)]
      isReal = hosts[host].slowness > 1
    case .partition:
      isReal = hosts[host].connection != nil
      hosts[host].upBlockedUntil = after(2 * seconds)
      hosts[host].downBlockedUntil = hosts[host].upBlockedUntil
    case .deafAgent:
      isReal = hosts[host].connection != nil
      hosts[host].downBlockedUntil = after(2 * seconds)
    case .muteAgent:
      isReal = hosts[host].connection != nil
      hosts[host].upBlockedUntil = after(2 * seconds)
    case .storeFull: coordinator.loop.outside.fullUntil = until
    case .storeSlow: coordinator.loop.outside.slowUntil = until
    case .agentDiskFull: hosts[host].diskFullUntil = until
    case .objectLost: isReal = loseObject()
    case .objectsPortDown: objectsPortDownUntil = until
    case .sweepCancelled:
      let isSecond = chance(0.5)
      isReal = try cancelSweep(isSecond: isSecond)
      agenda.add(.submission(isSecond: isSecond), at: until)
    case .impersonation: isReal = impersonate(host)
    case .lies: isReal = lie()
    case .flood: isReal = flood()
    case .hoarding: isReal = hoard()
    }
    if isReal { disturbed[kind, default: 0] += 1 }
    return isReal
  }

  private mutating func kill(_ host: Int, _ slot: Int) throws {
    killProcess(host, slot)
    try tell(host, .slotDied(slot: slot, .signalled(9)))
  }

  /// One object that others need vanishes from the store.
  private mutating func loseObject() -> Bool {
    let needed = workload.items.filter { $0.specification.kind != .trial }.compactMap {
      store.records[$0.specification.id]
    }
    let objects = needed.flatMap(\.record.objects).map(\.digest)
    guard !objects.isEmpty else { return false }
    let victim = objects[generator.integer(below: objects.count)]
    coordinator.loop.outside.store.objects.remove(victim)
    vanished.insert(victim)
    return true
  }

  /// Nothing new goes wrong, and what is broken is repaired. Who is frozen thaws in his
  /// time. Hung slots stay hung: noticing them is the cluster's task.
  mutating func heal() {
    isHealed = true
    for isSecond in [false, true] { agenda.add(.submission(isSecond: isSecond), at: now) }
    recent.append("\(now) *** healed")
    coordinator.loop.outside.crashPoint = nil
    coordinator.loop.outside.fullUntil = now
    coordinator.loop.outside.slowUntil = now
    objectsPortDownUntil = now
    for host in hosts.indices {
      hosts[host].upBlockedUntil = now
      hosts[host].downBlockedUntil = now
      hosts[host].diskFullUntil = now
      hosts[host].slowness = 1
    }
  }
}
