import ArgumentParser
import Cluster
import Transport

/// How commands find the coordinator they talk to.
struct ConnectionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The store whose coordinator is meant, when it runs on this machine.", valueName: "dir"))
  var store = "winnow-store"
  @Option(help: ArgumentHelp("The cluster file that the coordinator was started with.", valueName: "cluster.json"))
  var config: String?
  @Option(
    help: ArgumentHelp(
      "The coordinator's control address; several times where it may be in several places.",
      valueName: "tcp://host:port"))
  var connect: [String] = []
  @Option(
    help: ArgumentHelp(
      "The coordinator's objects address, one with each --connect. (default: the port behind the control port)",
      valueName: "tcp://host:port"))
  var objects: [String] = []
  @Option(help: ArgumentHelp("This machine's own key file.", valueName: "file"))
  var key: String?
  @Option(help: ArgumentHelp("The coordinator's public key, as text or file.", valueName: "key"))
  var serverKey: String?

  @Option(
    help: ArgumentHelp(
      "Address and keys in one file, which `winnow keys invite` has made on the coordinator's host.", valueName: "file")
  )
  var invitation: String?

  func validate() throws {
    guard connect.isEmpty || (key == nil) == (serverKey == nil) else {
      throw ValidationError("--key and --server-key go together")
    }
  }

  /// A connection to the coordinator that the options name.
  func client() throws -> ClusterClient {
    let address = try address()
    return try ClusterClient(address) {
      Terminal.note("The coordinator at \(address.words) has not answered yet; still waiting.")
    }
  }

  func address() throws -> CoordinatorAddress {
    if let invitation {
      let invitation = try Invitation(path: invitation)
      let ports = try CoordinatorPorts.list(control: invitation.endpoints, objects: objects)
      return CoordinatorAddress(ports: ports, keys: invitation.keys, serverKey: invitation.serverKey)
    }
    if !connect.isEmpty {
      return CoordinatorAddress(
        ports: try CoordinatorPorts.list(connect: connect, objects: objects),
        keys: try key.map { try KeyFile.readPair($0) },
        serverKey: try serverKey.map { try KeyFile.readPublic($0) })
    }
    guard let config else { return try CoordinatorAddress(ofStore: store, keyFile: key) }
    return try CoordinatorAddress(of: try ClusterConfiguration.read(config), keyFile: key)
  }
}
