import Coordination
import Core
import Wire

/// The cables, and sockets that connect by themselves.
extension World {
  func isCut(_ host: Int) -> Bool { hosts[host].upBlockedUntil > now || hosts[host].downBlockedUntil > now }

  mutating func connect(_ host: Int, _ life: Int) {
    guard hosts[host].life == life, hosts[host].wantsConnection, hosts[host].connection == nil else { return }
    guard coordinator.isUp, coordinator.place == hosts[host].place, !isCut(host) else {
      return agenda.add(.connects(host: host, life: life), at: after(0.5))
    }
    connections += 1
    hosts[host].connection = connections
    agenda.add(.connected(host: host, life: life, connection: connections), at: after(2 * faults.delay))
  }

  mutating func disconnected(_ host: Int, _ life: Int) {
    guard hosts[host].life == life, hosts[host].connection == nil else { return }
    put(.disconnected, on: host)
    agenda.add(.connects(host: host, life: life), at: after(0.2))
  }

  /// The agent's end of the connection is gone. The other end hears of it, unless the cable is cut.
  mutating func close(_ host: Int) {
    guard let connection = hosts[host].connection else { return }
    hosts[host].connection = nil
    guard !isCut(host) else { return }
    hosts[host].lastUp = max(hosts[host].lastUp, after(travelSeconds()))
    agenda.add(.closed(life: coordinator.life, route(host, connection)), at: hosts[host].lastUp)
  }

  /// The coordinator's socket has lost a peer. A worker that speaks over another connection meanwhile is not missed.
  mutating func closed(_ life: Int, _ route: RouteID) {
    guard coordinator.isUp, coordinator.life == life else { return }
    if coordinator.loop.admission.worker(losing: route) != nil { count(.connectionClosed) }
    coordinator.loop.outside.inbox.append(.disconnected(route))
    scheduleTurn()
  }

  mutating func travelSeconds() -> Double {
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

  mutating func isLost() -> Bool {
    guard !isHealed, chance(faults.loss) else { return false }
    count(.messageLost)
    return true
  }

  /// How often a message arrives.
  mutating func copies() -> Int {
    guard !isHealed, chance(faults.duplication) else { return 1 }
    count(.messageDuplicated)
    return 2
  }

  mutating func sendUp(_ message: AgentMessage, from host: Int) throws {
    if case .result(let ending) = message {
      var outcome: Digest?
      if case .success(let success) = ending.ending { outcome = Digest(of: success.outcome) }
      // An agent whose result was damaged takes it back.
      let claim = MessageChecks.Claim(attempt: ending.attempt, worker: hosts[host].id)
      coordinator.loop.outside.checks.claims[claim] = outcome
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

  /// The message waits in the agent's socket.
  mutating func arriveDown(_ host: Int, _ connection: Int, _ message: CoordinatorMessage) {
    guard hosts[host].connection == connection else { return }
    switch message {
    case .acknowledgement(let attempt): answered(attempt, host)
    case .rejectedResult(let rejected) where rejected.cause != .lackingObjects:
      answered(rejected.attempt, host)
    default: break
    }
    put(.control(message), on: host)
  }

  /// The agent need not keep the result any more.
  private mutating func answered(_ attempt: AttemptName, _ host: Int) {
    hosts[host].promised.remove(attempt)
    hosts[host].answered.insert(attempt)
  }

  /// The message waits in the coordinator's socket.
  mutating func arrive(_ host: Int, _ connection: Int, _ message: AgentMessage) {
    guard hosts[host].connection == connection else { return }
    coordinator.loop.outside.inbox.append(
      .agent(message, from: Peer(route: route(host, connection), principal: principal(host))))
    scheduleTurn()
  }
}
