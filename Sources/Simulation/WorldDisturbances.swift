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
  /// crash, and what runs nothing cannot hang; or when it will come about later by itself.
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
    case .coordinatorMoves:
      isReal = coordinator.isUp
      if isReal { coordinator.place = 1 - coordinator.place }
      try crashCoordinator()
    case .coordinatorShutdown:
      isReal = coordinator.isUp
      try ask(.shutdown)
    case .coordinatorFreeze:
      isReal = coordinator.isUp
      if isReal { coordinator.frozenUntil = max(until, coordinator.frozenUntil) }
    case .agentCrash:
      isReal = hosts[host].isUp
      crashAgent(host)
    case .agentCrashWriting:
      hosts[host].disk.changesToCrash = generator.integer(below: 6)
      // It counts when it comes about.
      isReal = false
    case .cacheDamaged: isReal = damageCache(of: host)
    case .spoolDamaged: isReal = damageSpool(of: host)
    case .agentPowerCut:
      isReal = hosts[host].isUp
      cutPower(of: host)
    case .agentFreeze:
      isReal = hosts[host].isUp
      if isReal { hosts[host].frozenUntil = until }
    case .agentDrain:
      isReal = hosts[host].isUp
      if chance(0.5), hosts[host].frozenUntil <= now {
        try act(host) { $0.drain() }
      } else {
        let seconds = chance(0.5) ? generator.exponential() * 4 : nil
        try ask(.drainWorker(.named("\(hosts[host].id)"), withinSeconds: seconds))
      }
    case .slotDeath:
      isReal = hosts[host].slots[slot].isUp && hosts[host].frozenUntil <= now
      if isReal {
        killProcess(host, slot)
        put(.slotEnded(slot, .signalled(9)), on: host)
      }
    case .slotNotStarted: hosts[host].startsNothingUntil = until
    case .slotHang:
      isReal = hosts[host].slots[slot].request != nil
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
    // Long enough that a task is given up meanwhile now and then.
    case .storeFull: coordinator.loop.outside.fullUntil = after(4 * seconds)
    case .storeSlow: coordinator.loop.outside.slowUntil = until
    case .agentDiskFull: hosts[host].diskFullUntil = until
    case .objectLost: isReal = loseObject()
    case .objectsPortDown: objectsPortDownUntil = until
    case .badCable: hosts[host].badCableUntil = until
    case .sweepCancelled:
      let isSecond = chance(0.5)
      isReal = try cancelSweep(isSecond: isSecond)
      agenda.add(.submission(isSecond: isSecond), at: until)
    case .sweepPaused:
      let isSecond = chance(0.5)
      isReal = try steerSweep(isSecond: isSecond, .pause)
      agenda.add(.sweepGoesOn(isSecond: isSecond), at: until)
    case .sweepPrioritised:
      isReal = try steerSweep(isSecond: chance(0.5), .priority(1 + generator.integer(below: 100)))
    case .impersonation: isReal = impersonate(host)
    case .lies: isReal = lie()
    case .flood: isReal = flood()
    case .hoarding: isReal = hoard()
    case .wrongResults:
      isReal = liar == nil
      liar = liar ?? host
    }
    if isReal { disturbed[kind, default: 0] += 1 }
    return isReal
  }

  /// Something happens to an object in the host's cache, or to what has arrived of one.
  private mutating func damageCache(of host: Int) -> Bool {
    let disk = hosts[host].disk
    let files = ["objects", "incoming"].flatMap { folder in
      disk.names(in: "\(Host.cache)/\(folder)").map { "\(Host.cache)/\(folder)/\($0)" }
    }
    guard !files.isEmpty else { return false }
    let file = files[generator.integer(below: files.count)]
    // The pieces of an object that is arriving are held open.
    if chance(0.5), !file.contains("incoming") { disk.lose(file) } else { disk.damage(file) }
    // A result's objects are the same files under other names.
    hosts[host].promised = []
    return true
  }

  /// An object of a result that nobody has acknowledged changes.
  private mutating func damageSpool(of host: Int) -> Bool {
    let objects = hosts[host].disk.names(in: "\(Host.spool)/objects")
    guard !objects.isEmpty else { return false }
    // The agent may find out, and compute the task again.
    hosts[host].promised = []
    hosts[host].disk.damage("\(Host.spool)/objects/\(objects[generator.integer(below: objects.count)])")
    return true
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
      hosts[host].startsNothingUntil = now
      hosts[host].badCableUntil = now
      hosts[host].disk.changesToCrash = nil
      hosts[host].slowness = 1
    }
  }
}
