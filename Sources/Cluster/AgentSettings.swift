import Core
import Foundation
package import Transport

/// What an agent must be told.
package struct AgentSettings {
  /// Where the coordinator may be, in the order in which it is looked for; at least one place.
  package let ports: [CoordinatorPorts]
  /// Nil on a cluster without encryption.
  package var keys: KeyPair?
  package var serverKey: PublicKey?
  /// How many tasks compute at once.
  package var slots = ProcessInfo.processInfo.activeProcessorCount
  /// What this host has that tasks may ask for; see `WorkerLabel`.
  package var labels: [String] = []
  /// Bytes of memory that each slot may take; one that takes more is ended. nil for an equal share of what there is, which nobody
  /// enforces.
  package var slotMemory: Int?
  /// How long a task that is no longer wanted may take to stop before its process is ended.
  package var graceSeconds = 5.0
  package var cacheDirectory = AgentSettings.defaultCacheDirectory
  /// Bytes that cached objects may take.
  package var cacheLimit = 20 << 30
  /// The program and arguments of a slot process; `--cache DIR` is appended.
  package var slotProgram = "/proc/self/exe"
  package var slotArguments = ["slot"]

  /// Lets programs run that sweeps bring along.
  package mutating func allowPrograms() {
    slotArguments.append("--allow-programs")
    labels.append(WorkerLabel.programs)
  }

  /// - Throws: a ``TransportError`` when the endpoints cannot be connected to, or one of two keys is missing.
  package init(ports: [CoordinatorPorts], keys: KeyPair?, serverKey: PublicKey?) throws {
    precondition(!ports.isEmpty, "an agent needs the address of a coordinator")
    for place in ports { try place.requireConnectable() }
    guard (keys == nil) == (serverKey == nil) else {
      throw TransportError("an encrypted connection needs both keys: --key FILE and --server-key FILE-OR-TEXT")
    }
    self.ports = ports
    self.keys = keys
    self.serverKey = serverKey
  }

  /// As a command line says it. Throws one sentence about an address or key that cannot be used.
  package init(connect: [String], objects: [String] = [], keyFile: String?, serverKey: String?) throws {
    try self.init(
      ports: try CoordinatorPorts.list(connect: connect, objects: objects),
      keys: try keyFile.map { try KeyFile.readPair($0) }, serverKey: try serverKey.map { try KeyFile.readPublic($0) })
  }

  /// Takes addresses and keys from an invitation. Throws one sentence about what cannot be used.
  package init(invitation path: String, objects: [String] = []) throws {
    let invitation = try Invitation(path: path)
    let ports = try CoordinatorPorts.list(control: invitation.endpoints, objects: objects)
    try self.init(ports: ports, keys: invitation.keys, serverKey: invitation.serverKey)
  }

  /// `$XDG_CACHE_HOME/winnow`, `~/.cache/winnow`, or a directory of this user among the temporary files.
  package static var defaultCacheDirectory: String {
    let environment = ProcessInfo.processInfo.environment
    if let cache = environment["XDG_CACHE_HOME"]?.nonEmpty { return "\(cache)/winnow" }
    if let home = environment["HOME"]?.nonEmpty { return "\(home)/.cache/winnow" }
    return NSTemporaryDirectory() + "winnow-cache-\(getuid())"
  }
}

extension Endpoint {
  /// Where the objects are when nothing else is said: the next port.
  package var objectsNeighbour: Endpoint {
    get throws {
      guard let port else { return self }
      return try Endpoint("tcp://\(host.contains(":") ? "[\(host)]" : host):\(port + 1)")
    }
  }
}
