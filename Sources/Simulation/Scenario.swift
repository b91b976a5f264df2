import Coordination
import Core
package import Wire

/// For scenarios, in which a test brings about by hand what goes wrong, at moments of its choice.
extension World {
  /// A cluster in which nothing goes wrong by itself.
  ///
  /// - Parameter audits: share of the results that are computed once more under another key.
  package static func scenario(
    seed: UInt64 = 1, hosts: Int, trials: Int = 20, audits: Double = 0
  ) throws -> World {
    var faults = Faults.none
    faults.seconds = 1e8
    var world = World(seed: seed, faults: faults, hosts: hosts, trials: trials)
    if audits > 0 { world.audit(share: audits) }
    world.begin()
    return world
  }

  /// Lets everything happen that is due within so many seconds. Throws a ``Violation`` when a check fails.
  package mutating func pass(seconds: Double) throws {
    let end = after(seconds)
    do {
      while let next = agenda.nextInstant, next <= end { try step() }
      now = end
    } catch let violation as InvariantViolation {
      throw Violation(world: self, text: violation.description)
    }
  }

  /// Lets time pass until `condition` holds; throws a ``Violation`` when it does not within so many seconds.
  package mutating func pass(until what: String, within seconds: Double = 600, _ condition: (World) -> Bool) throws {
    let end = after(seconds)
    while !condition(self) {
      guard now < end else { throw Violation(world: self, text: "it did not come about that \(what)") }
      try pass(seconds: 0.25)
    }
  }

  /// Repairs everything, lets the cluster finish, and compares what it has with a run in which nothing went wrong.
  package mutating func finish() throws {
    heal()
    try runToTheEnd(within: 3000)
  }

  /// What the coordinator says; nil while it is down.
  package var status: ClusterStatus? { coordinator.machine?.status(includingWorkers: true) }

  /// Slots that compute, of one host or of all.
  package func busySlots(of host: Int? = nil) -> Int {
    hosts.indices.filter { host == nil || $0 == host }.reduce(0) { $0 + hosts[$1].slots.count { $0.request != nil } }
  }

  /// The first slot of the host that computes.
  package func busySlot(of host: Int) -> Int? { hosts[host].slots.firstIndex { $0.request != nil } }

  /// Results on the host's disk that nobody has acknowledged.
  package func spooled(on host: Int) -> Int { hosts[host].results.count }

  /// The host's agent dies instead of making its next change but so many to its disk.
  package mutating func crashAgent(of host: Int, afterChanges count: Int) {
    hosts[host].disk.changesToCrash = count
  }

  /// The host's agent is there.
  package func isUp(_ host: Int) -> Bool { hosts[host].isUp }

  /// Every byte of the host's cache changes somewhere, under the agent's feet. Returns how many objects that were.
  package mutating func damageCache(of host: Int) -> Int {
    let objects = hosts[host].disk.names(in: "\(Host.cache)/objects")
    for object in objects { hosts[host].disk.damage("\(Host.cache)/objects/\(object)") }
    hosts[host].promised = []
    return objects.count
  }

  /// Somebody no longer wants the first sweep.
  package mutating func cancelFirstSweep() throws { _ = try cancelSweep(isSecond: false) }

  /// Somebody wants the first sweep, again or still.
  package mutating func submitFirstSweep() throws { try submit(isSecond: false) }
}
