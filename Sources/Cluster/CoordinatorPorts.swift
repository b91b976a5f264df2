package import Transport

/// Where a coordinator listens, or would listen if it were the one that works.
package struct CoordinatorPorts: Hashable, Sendable {
  package let control: Endpoint
  /// Where objects are fetched and put, when that is not the port behind the control port.
  private let ownObjects: Endpoint?

  package init(control: Endpoint, objects: Endpoint? = nil) {
    self.control = control
    ownObjects = objects
  }

  /// Throws a ``TransportError`` when there is no port behind the control port.
  package var objects: Endpoint { get throws { try ownObjects ?? control.objectsNeighbour } }

  /// Throws a ``TransportError`` when one of the two cannot be connected to.
  package func requireConnectable() throws {
    try control.requireConnectable()
    try objects.requireConnectable()
  }

  /// As a command line says them: the first objects address belongs to the first control address. Throws a ``TransportError``
  /// about what cannot be used.
  package static func list(connect: [String], objects: [String]) throws -> [CoordinatorPorts] {
    try list(control: try connect.map { try Endpoint($0) }, objects: objects)
  }

  /// The same for control addresses that were read already.
  package static func list(control: [Endpoint], objects: [String]) throws -> [CoordinatorPorts] {
    guard objects.isEmpty || objects.count == control.count else {
      throw TransportError(
        "\(control.count) control addresses and \(objects.count) objects addresses: "
          + "give one --objects with each --connect, or none")
    }
    return try control.enumerated().map { index, control in
      CoordinatorPorts(control: control, objects: objects.isEmpty ? nil : try Endpoint(objects[index]))
    }
  }

  /// Several as people read them: `tcp://a:5557 or tcp://b:5557`.
  static func words(_ ports: [CoordinatorPorts]) -> String {
    ports.map(\.control.description).joined(separator: " or ")
  }
}
