import CZMQ

/// One message as it arrived.
package struct ReceivedMessage: Sendable {
  /// At most ``Socket/frameCountLimit`` frames.
  package let frames: [[UInt8]]
  /// The public key that the peer has proved to hold, as text; nil without encryption.
  package let user: String?
  /// The peer's IP address, when it came over TCP.
  package let address: String?
}

/// How an attempt to send ended. Nothing here blocks.
package enum SendOutcome: Sendable, Equatable {
  /// Accepted by libzmq, which is not yet delivery.
  case sent
  /// No such peer is connected (ROUTER).
  case unreachable
  /// The peer's queue is full; try again later.
  case full
}

/// A message socket. Used by one thread only; closed when it is released.
package final class Socket {
  package enum Kind: Sendable {
    case router, dealer, reply, pair

    var code: Int32 {
      switch self {
      case .router: ZMQ_ROUTER
      case .dealer: ZMQ_DEALER
      case .reply: ZMQ_REP
      case .pair: ZMQ_PAIR
      }
    }
  }

  /// Frames beyond this many are thrown away on arrival.
  package static let frameCountLimit = 16

  let handle: UnsafeMutableRawPointer
  private let context: Context

  package init(_ context: Context, _ kind: Kind, _ options: SocketOptions = .control) throws {
    guard let handle = zmq_socket(context.handle, kind.code) else { throw TransportError.last("cannot make a socket") }
    self.handle = handle
    self.context = context
    try options.apply(to: self, kind: kind)
  }

  deinit { zmq_close(handle) }

  /// Listens on `endpoint`; says the address in use, with the port the system chose where none was given.
  @discardableResult
  package func bind(_ endpoint: String) throws -> String {
    try set(ZMQ_IPV6, Int32(Endpoint.needsIPv6(endpoint) ? 1 : 0))
    guard zmq_bind(handle, endpoint) == 0 else {
      let code = zmq_errno()
      let reason =
        switch code {
        case EADDRINUSE: "another program listens there already; choose another port or stop that program"
        case EADDRNOTAVAIL, ENODEV: "this host has no such address"
        case EACCES: "this user may not open that port; choose one above 1023"
        default: String(cString: zmq_strerror(code))
        }
      throw TransportError("cannot listen on \(endpoint): \(reason)")
    }
    return try lastEndpoint()
  }

  /// Connects to `endpoint`, now and again after each loss. Success says only that the address is well formed.
  package func connect(_ endpoint: String) throws {
    try set(ZMQ_IPV6, Int32(Endpoint.needsIPv6(endpoint) ? 1 : 0))
    guard zmq_connect(handle, endpoint) == 0 else { throw TransportError.last("cannot connect to \(endpoint)") }
  }

  /// Gives up the connection to `endpoint` and makes it anew.
  ///
  /// After a handshake that the other side ended with a verdict (an unknown key), libzmq never tries again by itself;
  /// call this after a pause. Messages that waited for the connection are lost.
  package func reconnect(_ endpoint: String) throws {
    zmq_disconnect(handle, endpoint)
    try connect(endpoint)
  }

  /// Stops listening on `endpoint`, as ``bind(_:)`` gave it.
  package func unbind(_ endpoint: String) { zmq_unbind(handle, endpoint) }

  /// Sends all frames as one message, without waiting.
  package func send(_ frames: [[UInt8]]) -> SendOutcome {
    for (index, frame) in frames.enumerated() {
      let more = index + 1 < frames.count ? ZMQ_SNDMORE : 0
      while zmq_send(handle, frame, frame.count, more | ZMQ_DONTWAIT) < 0 {
        switch zmq_errno() {
        case EINTR: continue
        case EHOSTUNREACH: return .unreachable
        case EAGAIN: return .full
        default: preconditionFailure("zmq_send: \(String(cString: zmq_strerror(zmq_errno())))")
        }
      }
    }
    return .sent
  }

  /// The next message, or nil when none waits.
  package func receive() -> ReceivedMessage? {
    var frames: [[UInt8]] = []
    var message = zmq_msg_t()
    zmq_msg_init(&message)
    defer { zmq_msg_close(&message) }
    while true {
      guard receiveFrame(into: &message) else { return nil }
      if frames.count < Self.frameCountLimit {
        frames.append([UInt8](UnsafeRawBufferPointer(start: zmq_msg_data(&message), count: zmq_msg_size(&message))))
      }
      guard zmq_msg_more(&message) == 0 else { continue }
      return ReceivedMessage(
        frames: frames, user: property("User-Id", of: &message),
        address: property("Peer-Address", of: &message).map(Endpoint.plainAddress))
    }
  }

  private func receiveFrame(into message: inout zmq_msg_t) -> Bool {
    while zmq_msg_recv(&message, handle, ZMQ_DONTWAIT) < 0 {
      switch zmq_errno() {
      case EINTR: continue
      case EAGAIN, EFSM: return false
      default: preconditionFailure("zmq_msg_recv: \(String(cString: zmq_strerror(zmq_errno())))")
      }
    }
    return true
  }

  private func property(_ name: String, of message: inout zmq_msg_t) -> String? {
    guard let text = zmq_msg_gets(&message, name), text.pointee != 0 else { return nil }
    return String(cString: text)
  }

  private func lastEndpoint() throws -> String {
    var text = [UInt8](repeating: 0, count: 512)
    var size = text.count
    guard zmq_getsockopt(handle, ZMQ_LAST_ENDPOINT, &text, &size) == 0 else {
      throw TransportError.last("cannot read the endpoint of a socket")
    }
    return String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
  }

  func set(_ option: Int32, _ value: Int32) throws {
    var value = value
    try check(option, zmq_setsockopt(handle, option, &value, MemoryLayout<Int32>.size))
  }

  func set(_ option: Int32, _ value: Int64) throws {
    var value = value
    try check(option, zmq_setsockopt(handle, option, &value, MemoryLayout<Int64>.size))
  }

  func set(_ option: Int32, _ value: [UInt8]) throws {
    try check(option, zmq_setsockopt(handle, option, value, value.count))
  }

  private func check(_ option: Int32, _ result: Int32) throws {
    guard result == 0 else { throw TransportError.last("socket option \(option) was refused") }
  }
}
