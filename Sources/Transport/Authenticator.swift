import Files
package import Wire

/// Decides which keys may connect: the ZAP handler (RFC 27) of a context.
///
/// Make it before any socket of its domain binds. The owner of the context polls ``socket`` and calls
/// ``answerRequests()`` when it is readable; handshakes wait meanwhile.
package final class Authenticator {
  /// Beyond this many different refused keys, further ones are refused without a line of their own.
  static let refusalsRemembered = 1_000

  package let socket: Socket
  package let domain: String
  package let keys: AuthorizedKeys
  private var handshakes: [PublicKey: Handshakes] = [:]
  private let log: (String) -> Void
  private var refused: Set<PublicKey> = []
  /// How many handshakes were refused.
  package private(set) var refusals = 0

  /// - Parameter log: takes one line for people for each key that is refused for the first time.
  package init(_ context: Context, domain: String, keys: AuthorizedKeys, log: @escaping (String) -> Void) throws {
    socket = try Socket(context, .reply)
    self.domain = domain
    self.keys = keys
    self.log = log
    try socket.bind("inproc://zeromq.zap.01")
  }

  /// How many connections a key may make at once, and how many more with each second. Both ports count, and so does coming
  /// back after a loss: as many as there are hosts with one key.
  private static let burst = 4_096.0
  private static let perSecond = 50.0

  private static let descriptorsInReserve = 64
  private var hasToldOfDescriptors = false

  private struct Handshakes {
    var left = Authenticator.burst
    var at = ContinuousClock.now
  }

  /// Who has the key that a message's ``ReceivedMessage/user`` names, by the list as it is now.
  package func principal(of user: String) -> Principal? { PublicKey(user).flatMap { keys.principal(of: $0) } }

  /// Answers every request that waits, by the list as it is now. Answers are 200 or 400: with 300 libzmq 4.3.4 leaves the
  /// client hanging.
  package func answerRequests() {
    keys.reloadIfChanged()
    while let request = socket.receive() {
      let name = user(for: request.frames)
      if name == nil { refusals += 1 }
      let reply: [[UInt8]] = [
        Array("1.0".utf8), request.frames.count > 1 ? request.frames[1] : [],
        Array((name == nil ? "400" : "200").utf8), Array((name == nil ? "key not authorised" : "").utf8),
        Array((name ?? "").utf8), [],
      ]
      _ = socket.send(reply)
    }
  }

  /// The frames are: version, request id, domain, address, identity, mechanism, credentials.
  private func user(for frames: [[UInt8]]) -> String? {
    guard frames.count == 7, frames[0] == Array("1.0".utf8), frames[2] == Array(domain.utf8),
      frames[5] == Array("CURVE".utf8), let key = PublicKey(bytes: frames[6])
    else { return nil }
    if keys.principal(of: key) != nil {
      refused.remove(key)
      return mayConnect(key) ? key.description : nil
    }
    remember(key, address: Endpoint.plainAddress(String(decoding: frames[3], as: UTF8.self)))
    return nil
  }

  /// Takes one connection from what the key may make.
  private func mayConnect(_ key: PublicKey) -> Bool {
    var quota = handshakes[key] ?? Handshakes()
    let now = ContinuousClock.now
    let seconds = Double((now - quota.at).components.seconds) + Double((now - quota.at).components.attoseconds) * 1e-18
    quota = Handshakes(left: min(Self.burst, quota.left + seconds * Self.perSecond), at: now)
    let may = quota.left >= 1
    if may { quota.left -= 1 }
    handshakes[key] = quota
    return may && hasDescriptors
  }

  /// The store must be able to open its files whatever connects.
  private var hasDescriptors: Bool {
    guard !DescriptorLimit.hasRoom(reserve: Self.descriptorsInReserve) else { return true }
    if !hasToldOfDescriptors { log("connections are refused from here on: \(DescriptorLimit.sentence)") }
    hasToldOfDescriptors = true
    return false
  }

  private func remember(_ key: PublicKey, address: String) {
    guard refused.count < Self.refusalsRemembered, refused.insert(key).inserted else { return }
    log("refused the key \(key) from \(address): it is not among the authorised keys")
    if refused.count == Self.refusalsRemembered { log("further refused keys are no longer listed one by one") }
  }
}
