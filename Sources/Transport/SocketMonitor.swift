import CZMQ

/// Something that happened to a connection.
package enum ConnectionEvent: Sendable, Equatable {
  /// The other side is there and was accepted.
  case ready
  /// The link is gone; a connecting socket tries again by itself.
  case disconnected
  /// The link could not be made; the text says why, for people.
  case refused(String)
}

/// Reports what happens to the connections of one socket.
package final class SocketMonitor {
  /// To be polled; then call ``next()`` until it says nil.
  package let socket: Socket
  private let watched: Socket
  private let role: String

  /// - Parameter peer: what to call the other side in texts, for example `the coordinator at tcp://10.0.0.1:5555`.
  package init(_ context: Context, watching watched: Socket, peer: String) throws {
    let events =
      ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_DISCONNECTED | ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL
      | ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH
    let address = "inproc://monitor-\(watched.handle)"
    guard zmq_socket_monitor(watched.handle, address, events) == 0 else {
      throw TransportError.last("cannot watch a socket")
    }
    socket = try Socket(context, .pair)
    self.watched = watched
    role = peer
    try socket.connect(address)
  }

  deinit { zmq_socket_monitor(watched.handle, nil, 0) }

  /// The next event, or nil when none waits.
  package func next() -> ConnectionEvent? {
    while let message = socket.receive() {
      guard let header = message.frames.first, header.count == 6 else { continue }
      let code = Int32(header[0]) | Int32(header[1]) << 8
      let value = (2..<6).reduce(UInt32(0)) { $0 | UInt32(header[$1]) << (8 * ($1 - 2)) }
      if let event = event(code: code, value: Int32(bitPattern: value)) { return event }
    }
    return nil
  }

  private func event(code: Int32, value: Int32) -> ConnectionEvent? {
    switch code {
    case ZMQ_EVENT_HANDSHAKE_SUCCEEDED: .ready
    case ZMQ_EVENT_DISCONNECTED: .disconnected
    case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH:
      .refused("\(role) refused this key: it is not among the authorised keys there")
    case ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL:
      .refused("\(role) ended the handshake (it may not know this key, use another key itself, or be another program)")
    case ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL: .refused(sentence(protocolError: value))
    default: nil
    }
  }

  private func sentence(protocolError: Int32) -> String {
    switch protocolError {
    case ZMQ_PROTOCOL_ERROR_ZMTP_CRYPTOGRAPHIC, ZMQ_PROTOCOL_ERROR_ZMTP_KEY_EXCHANGE:
      "\(role) was refused: the server key it uses does not match"
    case ZMQ_PROTOCOL_ERROR_ZMTP_MECHANISM_MISMATCH:
      "\(role) was refused: one side encrypts and the other does not"
    default: "\(role) was refused: it does not speak this protocol"
    }
  }
}
