import CZMQ

/// The settings of one socket. The defaults carry their reasons.
package struct SocketOptions: Sendable {
  /// Messages that may wait per peer in each direction. Small, because credits keep traffic below it, and never 0
  /// (unlimited): a peer that does not read must be noticed, not buffered.
  package var queueLimit = 256
  /// Bytes per frame; a peer that sends more is disconnected by the I/O thread before we allocate anything.
  package var frameLimit = 1 << 20
  /// Milliseconds between the link's own heartbeats. The I/O thread answers them, so they prove the link, not the
  /// program behind it.
  package var heartbeatInterval = 5_000
  package var heartbeatTimeout = 15_000
  /// Must stay below 65,536: libzmq multiplies it into 16 bits and disconnects otherwise.
  package var heartbeatTimeToLive = 30_000
  package var handshakeTimeout = 10_000
  package var reconnectInterval = 200
  package var reconnectIntervalLimit = 30_000
  package var connectTimeout = 5_000
  package var backlog = 4_096
  /// Milliseconds that unsent messages may delay closing.
  package var linger = 0
  /// The name under which a ROUTER knows this peer; nil lets the ROUTER choose.
  package var routingID: [UInt8]?
  package var security = Security.none

  package enum Security: Sendable {
    /// No encryption; for loopback and in-process sockets.
    case none
    /// Peers must know the public key of `keys` and be accepted by the authenticator of `domain`.
    case server(keys: KeyPair, domain: String)
    /// Talks only to the owner of `server`, and shows `keys`.
    case client(keys: KeyPair, server: PublicKey)
  }

  package init() {}

  /// For commands and heartbeats.
  package static let control = SocketOptions()

  /// For object data: fewer messages in flight, larger frames.
  package static var objects: SocketOptions {
    var options = SocketOptions()
    options.queueLimit = 64
    options.frameLimit = 4 << 20
    return options
  }

  func apply(to socket: Socket, kind: Socket.Kind) throws {
    let numbers: [(Int32, Int)] = [
      (ZMQ_SNDHWM, queueLimit), (ZMQ_RCVHWM, queueLimit), (ZMQ_HEARTBEAT_IVL, heartbeatInterval),
      (ZMQ_HEARTBEAT_TIMEOUT, heartbeatTimeout), (ZMQ_HEARTBEAT_TTL, heartbeatTimeToLive),
      (ZMQ_HANDSHAKE_IVL, handshakeTimeout), (ZMQ_RECONNECT_IVL, reconnectInterval),
      (ZMQ_RECONNECT_IVL_MAX, reconnectIntervalLimit), (ZMQ_CONNECT_TIMEOUT, connectTimeout), (ZMQ_BACKLOG, backlog),
      (ZMQ_LINGER, linger), (ZMQ_TCP_KEEPALIVE, 1), (ZMQ_TCP_KEEPALIVE_IDLE, 60),
      (ZMQ_TCP_KEEPALIVE_INTVL, 10), (ZMQ_TCP_KEEPALIVE_CNT, 3),
    ]
    for (option, value) in numbers { try socket.set(option, Int32(value)) }
    try socket.set(ZMQ_MAXMSGSIZE, Int64(frameLimit))
    if kind == .router {
      // Mandatory: an unknown peer or a full queue is an answer, not a silent loss. No handover: whoever connects under a
      // route that is taken would get what is meant for another.
      try socket.set(ZMQ_ROUTER_MANDATORY, Int32(1))
    }
    if let routingID { try socket.set(ZMQ_ROUTING_ID, routingID) }
    try applySecurity(to: socket)
  }

  private func applySecurity(to socket: Socket) throws {
    switch security {
    case .none: break
    case .server(let keys, let domain):
      try socket.set(ZMQ_CURVE_SERVER, Int32(1))
      try socket.set(ZMQ_CURVE_SECRETKEY, keys.secret.bytes)
      try socket.set(ZMQ_ZAP_DOMAIN, Array(domain.utf8))
      // Without it a missing authenticator would let every key pass.
      try socket.set(winnow_zap_enforce_domain, Int32(1))
    case .client(let keys, let server):
      try socket.set(ZMQ_CURVE_SERVERKEY, server.bytes)
      try socket.set(ZMQ_CURVE_PUBLICKEY, keys.publicKey.bytes)
      try socket.set(ZMQ_CURVE_SECRETKEY, keys.secret.bytes)
    }
  }
}
