import Core
import Transport

/// An agent's socket to a coordinator with its monitor, connected again after a refusal.
///
/// Losses of the link are mended by libzmq; after a refused handshake it gives up for good, so that part is done here.
final class Connection {
  private static let firstPause = 1.0
  private static let longestPause = 30.0

  let socket: Socket
  private let monitor: SocketMonitor
  private let endpoint: Endpoint
  private var pause = firstPause
  /// When to connect again, after a refusal.
  private(set) var retryAt: Instant?

  /// - Parameter name: the routing id; nil lets the coordinator choose.
  init(
    _ context: Context, to endpoint: Endpoint, _ settings: AgentSettings, options: SocketOptions, name: [UInt8]?
  ) throws {
    var options = options
    options.routingID = name
    if let keys = settings.keys, let server = settings.serverKey {
      options.security = .client(keys: keys, server: server)
    }
    self.endpoint = endpoint
    socket = try Socket(context, .dealer, options)
    monitor = try SocketMonitor(context, watching: socket, peer: "the coordinator at \(endpoint)")
    try socket.connect(endpoint.description)
  }

  /// What to wait for.
  var sources: [PollSource] { [.socket(socket), .socket(monitor.socket)] }

  /// What happened to the connection since the last time.
  func hearEvents(at now: Instant) -> [ConnectionEvent] {
    var events: [ConnectionEvent] = []
    while let event = monitor.next() {
      events.append(event)
      switch event {
      case .ready: (pause, retryAt) = (Self.firstPause, nil)
      case .refused: if retryAt == nil { retryAt = now.advanced(bySeconds: pause) }
      case .disconnected: break
      }
    }
    return events
  }

  /// Connects again when the pause after a refusal is over.
  func retry(at now: Instant) {
    guard let due = retryAt, due <= now else { return }
    retryAt = nil
    pause = min(pause * 2, Self.longestPause)
    do { try socket.reconnect(endpoint.description) } catch {
      preconditionFailure("an endpoint that was connected to cannot be connected to again: \(error)")
    }
  }
}
