import Coordination
import Core
import Wire

/// The objects port and the agents' disks, modelled.
extension World {
  private mutating func canTransfer(_ host: Int) -> Bool {
    if objectsPortDownUntil > now { count(.transferWaited) }
    return coordinator.machine != nil && coordinator.frozenUntil <= now && !isCut(host) && objectsPortDownUntil <= now
  }

  mutating func fetch(_ host: Int, _ life: Int, _ object: NamedObject) throws {
    guard hosts[host].life == life else { return }
    if hosts[host].cache.contains(object.digest) { return try tell(host, .fetched(object.digest)) }
    guard canTransfer(host) else {
      return agenda.add(.fetched(host: host, life: life, object), at: after(1))
    }
    if hosts[host].diskFullUntil > now {
      try tell(host, .fetchFailed(object.digest, reason: "the disk is full"))
    } else if store.objects.contains(object.digest) {
      hosts[host].cache.insert(object.digest)
      try tell(host, .fetched(object.digest))
    } else {
      count(.inputGone)
      // The store marks the record as damaged, which makes its task unfinished.
      for (task, entry) in store.records where entry.record.objects.contains(where: { $0.digest == object.digest }) {
        store.records[task] = nil
      }
      try tell(.objectLost(object.digest))
      try tell(host, .fetchFailed(object.digest, reason: "the store has lost it"))
    }
  }

  mutating func offer(_ host: Int, _ life: Int, _ attempt: AttemptName, _ objects: [NamedObject]) throws {
    guard hosts[host].life == life else { return }
    guard canTransfer(host) else {
      return agenda.add(.offered(host: host, life: life, attempt, objects), at: after(1))
    }
    if storeFullUntil > now { return try tell(host, .objectsRefused(attempt, reason: "the disk is full")) }
    store.staged.formUnion(objects.map(\.digest).filter { !store.objects.contains($0) })
    let item = workload.items[workload.index[attempt.task]!]
    try real?.stage(workload.contents(of: item, host: host))
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
