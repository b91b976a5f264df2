/// What the holder of a key may do on a cluster. Written in the key's line of the list of authorised keys.
package enum Role: String, CaseIterable, Hashable, Sendable {
  /// Takes tasks, fetches what its grants name, hands in results and the objects that they name.
  case worker
  /// Submits and cancels sweeps, puts their files, watches, reads results.
  case client
  /// Everything, also draining workers and ending the coordinator.
  case admin

  package var mayCompute: Bool { self != .client }
  package var maySubmit: Bool { self != .worker }
  package var mayOperate: Bool { self == .admin }
}

/// Who stands behind a connection: a key that was proved, and what the list of authorised keys says of it.
package struct Principal: Hashable, Sendable {
  /// The public key as text; empty on a cluster without encryption, where nobody proves anything.
  package let key: String
  /// What the list calls the key. For people; two keys may have one name.
  package let name: String
  package let role: Role

  package init(key: String, name: String, role: Role) {
    self.key = key
    self.name = name
    self.role = role
  }

  /// Everybody, on a cluster without encryption.
  package static let anybody = Principal(key: "", name: "", role: .admin)

  /// For log lines and refusals.
  package var label: String { key.isEmpty ? "a peer without a key" : "the key \(name) (\(role.rawValue))" }
}
