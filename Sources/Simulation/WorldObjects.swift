import Coordination
import Core
import Wire

/// The objects port and the agents' disks, modelled.
extension World {
  /// When a request reaches the coordinator: now, when it has time, or later.
  private mutating func transferInstant(_ host: Int) -> Instant {
    if objectsPortDownUntil > now { count(.transferWaited) }
    guard coordinator.isUp, !isCut(host), objectsPortDownUntil <= now else { return after(1) }
    return max(now, coordinator.frozenUntil)
  }

  mutating func fetch(_ host: Int, _ life: Int, _ object: NamedObject) throws {
    guard hosts[host].life == life else { return }
    if hosts[host].cache.contains(object.digest) { return try tell(host, .fetched(object.digest)) }
    let instant = transferInstant(host)
    guard instant <= now else { return agenda.add(.fetched(host: host, life: life, object), at: instant) }
    if hosts[host].diskFullUntil > now {
      try tell(host, .fetchFailed(object.digest, reason: "the disk is full"))
    } else if !coordinator.loop.machine.mayRead(object.digest, principal(host)) {
      // Nobody answers a key that has not said hello to this coordinator yet.
      guard coordinator.loop.machine.knows(principal(host)) else {
        return agenda.add(.fetched(host: host, life: life, object), at: after(5))
      }
      try tell(host, .fetchFailed(object.digest, reason: "no grant names it"))
    } else if store.objects.contains(object.digest) {
      hosts[host].cache.insert(object.digest)
      try tell(host, .fetched(object.digest))
    } else {
      count(.inputGone)
      // The store marks the record as damaged, which makes its task unfinished.
      for (task, entry) in store.records where entry.record.objects.contains(where: { $0.digest == object.digest }) {
        coordinator.loop.outside.store.records[task] = nil
      }
      coordinator.loop.outside.lostObjects.append(object.digest)
      scheduleTurn()
      try tell(host, .fetchFailed(object.digest, reason: "the store has lost it"))
    }
  }

  mutating func offer(_ host: Int, _ life: Int, _ attempt: AttemptName, _ objects: [NamedObject]) throws {
    guard hosts[host].life == life else { return }
    let instant = transferInstant(host)
    guard instant <= now else {
      return agenda.add(.offered(host: host, life: life, attempt, objects), at: instant)
    }
    // Of a result that is not wanted nothing is lacking.
    guard coordinator.loop.machine.mayHandIn(attempt, principal(host)) else {
      return try tell(host, .objectsStored(attempt))
    }
    if coordinator.loop.outside.fullUntil > now {
      return try tell(host, .objectsRefused(attempt, reason: "the disk is full"))
    }
    coordinator.loop.outside.store.staged.formUnion(objects.map(\.digest).filter { !store.objects.contains($0) })
    let item = workload.items[workload.index[attempt.task]!]
    try coordinator.loop.outside.real?.stage(workload.contents(of: item, host: host))
    try tell(host, .objectsStored(attempt))
  }

  mutating func spool(_ host: Int, _ life: Int, _ ending: TaskEnding) throws {
    guard hosts[host].life == life else { return }
    if hosts[host].diskFullUntil > now {
      count(.spoolRefused)
      return try tell(host, .spoolFailed(ending.attempt, reason: "the disk is full"))
    }
    hosts[host].spool.append(ending)
    try tell(host, .spooled(ending.attempt))
  }
}
