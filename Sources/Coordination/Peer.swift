package import Wire

/// One connection, as the coordinator's sockets know it: where answers go. Chosen by the coordinator's side, so that nobody
/// can ask for another's.
package struct RouteID: Hashable, Sendable {
  package let bytes: [UInt8]
  package init(bytes: [UInt8]) { self.bytes = bytes }
}

/// Who sent a message.
package struct Peer: Hashable, Sendable {
  package let route: RouteID
  /// Who has the key of the connection; nil when that key is on the list no longer.
  package let principal: Principal?

  package init(route: RouteID, principal: Principal?) {
    self.route = route
    self.principal = principal
  }
}
