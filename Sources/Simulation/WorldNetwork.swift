import Coordination
import Core
import Wire

/// The cables, and sockets that connect by themselves.
extension World {
  func isCut(_ host: Int) -> Bool { hosts[host].upBlockedUntil > now || hosts[host].downBlockedUntil > now }

  mutating func connect(_ host: Int, _ life: Int) {
    guard hosts[host].life == life, hosts[host].wantsConnection, hosts[host].connection == nil else { return }
    guard coordinator.isUp, !isCut(host) else {
      return agenda.add(.connects(host: host, life: life), at: after(0.5))
    }
    connections += 1
    hosts[host].connection = connections
    agenda.add(.connected(host: host, life: life, connection: connections), at: after(2 * faults.delay))
  }

  mutating func disconnected(_ host: Int, _ life: Int) throws {
    guard hosts[host].life == life, hosts[host].connection == nil else { return }
    try tell(host, .disconnected)
    agenda.add(.connects(host: host, life: life), at: after(0.2))
  }

  private mutating func travelSeconds() -> Double {
    let seconds = faults.delay * (1 + 9 * generator.uniform())
    if seconds > 1 { count(.messageLate) }
    return seconds
  }

  /// Whether a message gets through a cable that is cut until an instant, in one direction or both.
  private mutating func isOpen(_ blockedUntil: Instant) -> Bool {
    guard blockedUntil > now else { return true }
    count(.messageCutOff)
    return false
  }

  private mutating func isLost() -> Bool {
    guard !isHealed, chance(faults.loss) else { return false }
    count(.messageLost)
    return true
  }

  /// How often a message arrives.
  private mutating func copies() -> Int {
    guard !isHealed, chance(faults.duplication) else { return 1 }
    count(.messageDuplicated)
    return 2
  }

  mutating func sendUp(_ message: AgentMessage, from host: Int) throws {
    if case .result(let ending) = message, case .success(let success) = ending.ending {
      coordinator.loop.outside.checks.claims[MessageChecks.Claim(attempt: ending.attempt, worker: hosts[host].id)] =
        Digest(of: success.outcome)
    }
    try Message.agent(message).checkCoding()
    guard let connection = hosts[host].connection, isOpen(hosts[host].upBlockedUntil), !isLost() else { return }
    for _ in 0..<copies() {
      let arrival = after(travelSeconds())
      if faults.reorders, arrival < hosts[host].lastUp { count(.messageOvertaken) }
      hosts[host].lastUp = max(hosts[host].lastUp, arrival)
      agenda.add(
        .frameUp(host: host, connection: connection, message), at: faults.reorders ? arrival : hosts[host].lastUp)
    }
  }

  /// What the coordinator's sockets call a host's connection: the name of the agent that made it, and its number.
  private func route(_ host: Int, _ connection: Int) -> RouteID {
    RouteID(bytes: hosts[host].id.bytes + (0..<4).map { UInt8(truncatingIfNeeded: connection >> (8 * $0)) })
  }

  /// Who has the key that a host proves.
  func principal(_ host: Int) -> Principal {
    Principal(key: sharesKey ? "everybody's" : "that of host \(host)", name: "host", role: .worker)
  }

  mutating func sendDown(_ message: CoordinatorMessage, to route: RouteID) throws {
    if adversary.owns(route) { return try tellAdversary(message) }
    guard
      let host = hosts.indices.first(where: { host in hosts[host].connection.map { self.route(host, $0) } == route }),
      let connection = hosts[host].connection, isOpen(hosts[host].downBlockedUntil), !isLost()
    else { return }
    for _ in 0..<copies() {
      let arrival = after(travelSeconds())
      if faults.reorders, arrival < hosts[host].lastDown { count(.messageOvertaken) }
      hosts[host].lastDown = max(hosts[host].lastDown, arrival)
      agenda.add(
        .frameDown(host: host, connection: connection, message), at: faults.reorders ? arrival : hosts[host].lastDown)
    }
  }

  /// The message waits in the coordinator's socket.
  mutating func arrive(_ host: Int, _ connection: Int, _ message: AgentMessage) {
    guard hosts[host].connection == connection else { return }
    coordinator.loop.outside.inbox.append(
      .agent(message, from: Peer(route: route(host, connection), principal: principal(host))))
    scheduleTurn()
  }
}
