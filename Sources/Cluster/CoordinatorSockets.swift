import Core
import Files
import Glibc
import Transport

/// The two ports of a coordinator, listening.
struct CoordinatorSockets {
  /// How often another pair of ports is tried when the system may choose.
  private static let tries = 64

  let control: Socket
  let controlEndpoint: String
  let objects: Socket
  let objectsEndpoint: String
  let monitors: [SocketMonitor]

  /// Binds both. Where neither port is fixed, the objects port becomes the one behind the control port, where agents
  /// look for it unless told otherwise.
  init(_ context: Context, _ configuration: ClusterConfiguration, keys: KeyPair?) throws {
    func socket(_ options: SocketOptions) throws -> Socket {
      var options = options
      // The last acknowledgements must leave before the process ends.
      options.linger = 1_000
      if let keys { options.security = .server(keys: keys, domain: CoordinatorKeys.domain) }
      return try Socket(context, .router, options)
    }
    control = try socket(.control)
    objects = try socket(.objects)
    (controlEndpoint, objectsEndpoint) = try Self.bind(control, objects, configuration)
    monitors = [
      try SocketMonitor(context, watching: control, peer: "a peer of \(controlEndpoint)"),
      try SocketMonitor(context, watching: objects, peer: "a peer of \(objectsEndpoint)"),
    ]
  }

  private static func bind(
    _ control: Socket, _ objects: Socket, _ configuration: ClusterConfiguration
  ) throws -> (String, String) {
    guard configuration.control.port == nil, configuration.objects.port == nil else {
      return (try control.bind(configuration.control.description), try objects.bind(configuration.objects.description))
    }
    var lastError = TransportError("no two neighbouring ports are free on \(configuration.control)")
    for _ in 0..<tries {
      let chosen = try control.bind(configuration.control.description)
      do {
        let neighbour = try Endpoint(chosen).objectsNeighbour
        return (chosen, try objects.bind(neighbour.description))
      } catch let error as TransportError {
        lastError = error
        control.unbind(chosen)
      }
    }
    throw lastError
  }
}

/// The note in the store that tells programs of this host where the coordinator listens.
struct CoordinatorNoteFile {
  let note: CoordinatorNote
  private let path: String

  init(store: String, note: CoordinatorNote) {
    self.note = note
    path = "\(store)/\(CoordinatorNote.fileName)"
  }

  func write() throws { try FileWriting.replace(path, Array((note.json.prettyText + "\n").utf8), mode: 0o600) }

  func remove() { unlink(path) }
}
