import Foundation
import Testing
import Transport

/// A temporary directory that is gone with its owner.
final class Scratch {
  let path: String

  init() {
    path = NSTemporaryDirectory() + "winnow-\(UUID().uuidString)"
    try! FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Lines that a component logged.
final class Lines {
  private(set) var all: [String] = []
  func add(_ line: String) { all.append(line) }
}

/// A ROUTER with CURVE and a list of keys, served by ``wait(seconds:for:)``.
final class GuardedServer {
  let context = Context()
  let keys = KeyPair.generate()
  let lines = Lines()
  let scratch = Scratch()
  let authenticator: Authenticator
  let socket: Socket
  let endpoint: String
  var received: [ReceivedMessage] = []

  var listPath: String { scratch.path + "/authorized_keys" }

  init(authorised: [PublicKey: String]) throws {
    let text = authorised.map { "\($0.key) \($0.value)\n" }.joined()
    try KeyFile.write("# who may join\n" + text, to: scratch.path + "/authorized_keys", mode: 0o600)
    let log = { [lines] (line: String) in lines.add(line) }
    let list = try AuthorizedKeys(path: scratch.path + "/authorized_keys", log: log)
    authenticator = try Authenticator(context, domain: "test", keys: list, log: log)
    var options = SocketOptions.control
    options.security = .server(keys: keys, domain: "test")
    socket = try Socket(context, .router, options)
    endpoint = try socket.bind("tcp://127.0.0.1:*")
  }

  func client(_ pair: KeyPair, server: PublicKey? = nil, name: String = "a client") throws -> Client {
    try Client(endpoint, pair, server: server ?? keys.publicKey, name: name)
  }

  /// Serves until `condition` holds; records an issue when it does not within `seconds`.
  func wait(seconds: Double = 10, for condition: () throws -> Bool, location: SourceLocation = #_sourceLocation)
    rethrows
  {
    let end = Date(timeIntervalSinceNow: seconds)
    while !(try condition()) {
      guard Date() < end else {
        Issue.record("the condition did not come to hold", sourceLocation: location)
        return
      }
      _ = Poller.wait(for: [.socket(authenticator.socket), .socket(socket)], milliseconds: 5)
      authenticator.answerRequests()
      while let message = socket.receive() { received.append(message) }
    }
  }
}

/// A DEALER with its monitor, in a context of its own as in a process of its own.
final class Client {
  let context = Context()
  let socket: Socket
  let monitor: SocketMonitor
  private(set) var events: [ConnectionEvent] = []
  private let endpoint: String

  init(_ endpoint: String, _ pair: KeyPair, server: PublicKey, name: String) throws {
    self.endpoint = endpoint
    var options = SocketOptions.control
    options.security = .client(keys: pair, server: server)
    options.routingID = Array(name.utf8)
    options.reconnectInterval = 20
    options.reconnectIntervalLimit = 20
    socket = try Socket(context, .dealer, options)
    monitor = try SocketMonitor(context, watching: socket, peer: "the server")
    try socket.connect(endpoint)
  }

  /// Whether `event` was seen so far.
  func saw(_ matches: (ConnectionEvent) -> Bool) -> Bool {
    while let event = monitor.next() { events.append(event) }
    return events.contains(where: matches)
  }

  /// Whether the other side refused this client since the last time that this was asked.
  func wasRefused() -> Bool {
    defer { events = [] }
    return saw { if case .refused = $0 { true } else { false } }
  }

  /// Connects again when the other side refused, as long-lived clients do.
  func tryAgain() throws {
    guard wasRefused() else { return }
    try socket.reconnect(endpoint)
    _ = socket.send([[1]])
  }
}

/// A plain TCP connection that sends `bytes`; -1 when the connection was not accepted.
func tcpConnection(to endpoint: String, sending bytes: [UInt8]) throws -> Int32 {
  let port = try #require(try Endpoint(endpoint).port)
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = UInt16(port).bigEndian
  address.sin_addr.s_addr = inet_addr("127.0.0.1")
  let connected = withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
  }
  guard connected == 0 else { return -1 }
  _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  return descriptor
}
