import Coordination
import Core
import Wire

/// The way between agents and the coordinator's objects port. What is sent arrives in order, or not at all.
extension World {
  func isObjectsPortOpen(to host: Int) -> Bool {
    coordinator.isUp && coordinator.place == hosts[host].place && !isCut(host) && objectsPortDownUntil <= now
  }

  mutating func sendObjectsUp(_ message: ObjectMessage, from host: Int) throws {
    try Message.objects(message).checkCoding()
    noteResumption(message, host)
    guard isObjectsPortOpen(to: host), !isLost() else { return }
    for _ in 0..<copies() {
      hosts[host].lastObjectsUp = max(hosts[host].lastObjectsUp, after(travelSeconds()))
      agenda.add(
        .objectsUp(
          ObjectRequest(
            message: damaged(message, host), principal: principal(host), host: host, life: hosts[host].life,
            to: coordinator.life)),
        at: hosts[host].lastObjectsUp)
    }
  }

  /// The request waits in the coordinator's socket.
  mutating func objectsArrive(_ request: ObjectRequest) {
    guard request.to == coordinator.life, coordinator.isUp else { return }
    coordinator.loop.outside.objectRequests.append(request)
    scheduleTurn()
  }

  mutating func sendObjectsDown(_ message: ObjectMessage, _ request: ObjectRequest) {
    guard hosts[request.host].life == request.life, isObjectsPortOpen(to: request.host), !isLost() else { return }
    for _ in 0..<copies() {
      hosts[request.host].lastObjectsDown = max(hosts[request.host].lastObjectsDown, after(travelSeconds()))
      agenda.add(
        .objectsDown(host: request.host, life: request.life, damaged(message, request.host)),
        at: hosts[request.host].lastObjectsDown)
    }
  }

  /// Whether the agent goes on where an earlier life stopped.
  private mutating func noteResumption(_ message: ObjectMessage, _ host: Int) {
    guard case .get(let request) = message else { return }
    if hosts[host].objectsAsked.updateValue(request.offset, forKey: request.digest) == nil, request.offset > 0 {
      count(.transferResumed)
    }
  }

  /// The message as it arrives over a bad cable.
  private mutating func damaged(_ message: ObjectMessage, _ host: Int) -> ObjectMessage {
    guard case .chunk(let chunk) = message, !chunk.content.isEmpty, hosts[host].badCableUntil > now, chance(0.3) else {
      return message
    }
    count(.bytesDamagedOnTheWay)
    var content = chunk.content
    content[content.count / 2] ^= 8
    return .chunk(Chunk(digest: chunk.digest, offset: chunk.offset, size: chunk.size, content: content))
  }
}

/// A message to the coordinator's objects port, and the process that sent it.
struct ObjectRequest: Sendable {
  let message: ObjectMessage
  /// Who has the key that the host proves.
  let principal: Principal
  let host: Int
  let life: Int
  /// The life of the coordinator that it was sent to.
  let to: Int
}
