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
    disturbed[kind, default: 0] += 1
    recent.append("\(now) *** \(kind)")
    let host = generator.integer(below: hosts.count)
    let slot = generator.integer(below: hosts[host].slots.count)
    let until = after(generator.exponential() * 20)
    switch kind {
    case .coordinatorCrash: try crashCoordinator()
    case .coordinatorFreeze: if coordinator.machine != nil { coordinator.frozenUntil = until }
    case .agentCrash: crashAgent(host)
    case .agentFreeze: if hosts[host].machine != nil { hosts[host].frozenUntil = until }
    case .agentDrain:
      if chance(0.5) { try tell(host, .drain) } else { try tell(.drain(hosts[host].id)) }
    case .slotDeath: try kill(host, slot)
    case .slotHang: hosts[host].slots[slot].hangs = hosts[host].slots[slot].grant != nil
    case .slowHost: hosts[host].slowness = [1, 3, 12][generator.integer(below: 3)]
    case .partition:
      hosts[host].upBlockedUntil = after(generator.exponential() * 40)
      hosts[host].downBlockedUntil = hosts[host].upBlockedUntil
    case .deafAgent: hosts[host].downBlockedUntil = after(generator.exponential() * 40)
    case .muteAgent: hosts[host].upBlockedUntil = after(generator.exponential() * 40)
    case .storeFull: storeFullUntil = until
    case .agentDiskFull: hosts[host].diskFullUntil = until
    case .objectLost: loseObject()
    case .objectsPortDown: objectsPortDownUntil = until
    }
  }

  private mutating func kill(_ host: Int, _ slot: Int) throws {
    guard hosts[host].slots[slot].isUp, hosts[host].frozenUntil <= now else { return }
    killProcess(host, slot)
    try tell(host, .slotDied(slot: slot, .signalled(9)))
  }

  /// One object that others need vanishes from the store.
  private mutating func loseObject() {
    let needed = workload.items.filter { $0.specification.kind != .trial }.compactMap {
      store.records[$0.specification.id]
    }
    let objects = needed.flatMap(\.record.objects).map(\.digest)
    guard !objects.isEmpty else { return }
    let victim = objects[generator.integer(below: objects.count)]
    store.objects.remove(victim)
    vanished.insert(victim)
  }

  /// Nothing new goes wrong, and what is broken is repaired. Who is frozen thaws in his
  /// time. Hung slots stay hung: noticing them is the cluster's task.
  mutating func heal() {
    isHealed = true
    recent.append("\(now) *** healed")
    storeFullUntil = now
    objectsPortDownUntil = now
    for host in hosts.indices {
      hosts[host].upBlockedUntil = now
      hosts[host].downBlockedUntil = now
      hosts[host].diskFullUntil = now
      hosts[host].slowness = 1
    }
  }
}
