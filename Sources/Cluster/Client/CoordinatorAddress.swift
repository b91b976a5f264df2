package import Core
import Foundation
package import Transport

/// How to reach a coordinator and prove to be allowed to.
package struct CoordinatorAddress: Sendable {
  package let endpoint: Endpoint
  /// Where objects are put; nil for the port behind.
  package let objects: Endpoint?
  /// The caller's own keys; nil on a cluster without encryption.
  package let keys: KeyPair?
  package let serverKey: PublicKey?

  package init(endpoint: Endpoint, objects: Endpoint? = nil, keys: KeyPair?, serverKey: PublicKey?) {
    self.endpoint = endpoint
    self.objects = objects
    self.keys = keys
    self.serverKey = serverKey
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
    endpoint = try Endpoint(note.control).reachableFromHere
    objects = try Endpoint(note.objects).reachableFromHere
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
