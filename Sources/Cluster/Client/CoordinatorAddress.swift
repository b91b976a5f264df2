package import Core
import Foundation
package import Transport

/// How to reach a coordinator and prove to be allowed to.
package struct CoordinatorAddress: Sendable {
  /// Where it may be, in the order in which it is looked for; at least one place.
  package let ports: [CoordinatorPorts]
  /// The caller's own keys; nil on a cluster without encryption.
  package let keys: KeyPair?
  package let serverKey: PublicKey?

  package init(ports: [CoordinatorPorts], keys: KeyPair?, serverKey: PublicKey?) {
    precondition(!ports.isEmpty, "a coordinator has an address")
    self.ports = ports
    self.keys = keys
    self.serverKey = serverKey
  }

  package init(endpoint: Endpoint, objects: Endpoint? = nil, keys: KeyPair?, serverKey: PublicKey?) {
    self.init(ports: [CoordinatorPorts(control: endpoint, objects: objects)], keys: keys, serverKey: serverKey)
  }

  /// The control port of the first place.
  package var endpoint: Endpoint { ports[0].control }

  /// The same, beginning with the next place.
  var turned: CoordinatorAddress {
    CoordinatorAddress(ports: Array(ports.dropFirst() + ports.prefix(1)), keys: keys, serverKey: serverKey)
  }

  /// The places, as people read them.
  package var words: String { CoordinatorPorts.words(ports) }

  /// The coordinator that a cluster file is about: in one of the places that it lists, or, where it lists none, where the note in
  /// its store says.
  ///
  /// - Parameter keyFile: the caller's keys; `client.key` of the coordinator's keys directory unless given.
  package init(of configuration: ClusterConfiguration, keyFile: String?) throws {
    guard !configuration.coordinators.isEmpty else {
      self = try CoordinatorAddress(ofStore: configuration.store, keyFile: keyFile)
      return
    }
    let directory = configuration.keys
    self.init(
      ports: configuration.coordinators.map { CoordinatorPorts(control: $0) },
      keys: try directory.map { try KeyFile.readPair(keyFile ?? "\($0)/client.key") },
      serverKey: try directory.map { try KeyFile.readPublic("\($0)/coordinator.pub") })
  }

  /// The coordinator that works on the store in `directory`, found through the note it leaves there.
  ///
  /// - Parameter keyFile: the caller's keys; `client.key` of the coordinator's keys directory unless given.
  /// - Throws: when no coordinator works there, or a key is missing or not private.
  package init(ofStore directory: String, keyFile: String?) throws {
    let place = "\(directory)/\(CoordinatorNote.fileName)"
    guard let data = FileManager.default.contents(atPath: place) else {
      throw ConfigurationError(
        place: directory,
        problem: "no coordinator works on this store; start one with `winnow run` or `winnow-coordinator`, "
          + "or say where it is with --connect")
    }
    let note = try CoordinatorNote(json: try JSONValue.parse(Array(data), source: place), place: place)
    let control = try Endpoint(note.control).reachableFromHere
    ports = [CoordinatorPorts(control: control, objects: try Endpoint(note.objects).reachableFromHere)]
    serverKey = note.serverKey.flatMap { PublicKey($0) }
    let path = keyFile ?? note.keysDirectory.map { "\($0)/client.key" }
    keys = serverKey == nil ? nil : try path.map { try KeyFile.readPair($0) }
  }
}

/// What a coordinator writes into its store for the programs of its own host: where it listens, and as whom.
package struct CoordinatorNote: Hashable, Sendable {
  package static let fileName = "coordinator.json"

  package let control: String
  package let objects: String
  /// Z85 text; nil without encryption.
  package let serverKey: String?
  /// Where the keys of this host's client are.
  package let keysDirectory: String?
  package let processID: Int
  package let epoch: Int

  package init(
    control: String, objects: String, serverKey: String?, keysDirectory: String?, processID: Int, epoch: Int
  ) {
    self.control = control
    self.objects = objects
    self.serverKey = serverKey
    self.keysDirectory = keysDirectory
    self.processID = processID
    self.epoch = epoch
  }

  package var json: JSONValue {
    [
      "control": .string(control), "objects": .string(objects), "serverKey": serverKey.map { .string($0) } ?? .null,
      "keysDirectory": keysDirectory.map { .string($0) } ?? .null, "pid": .integer(Int64(processID)),
      "epoch": .integer(Int64(epoch)),
    ]
  }

  /// Reads what ``json`` writes.
  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    guard let control = try object.string("control"), let objects = try object.string("objects") else {
      throw ConfigurationError(place: place, problem: "the addresses are missing")
    }
    self.init(
      control: control, objects: objects, serverKey: try object.string("serverKey"),
      keysDirectory: try object.string("keysDirectory"),
      processID: try object.integer("pid", in: 1...Int(Int32.max)) ?? 0,
      epoch: try object.integer("epoch", in: 0...Int.max) ?? 0)
    try object.finish()
  }
}
