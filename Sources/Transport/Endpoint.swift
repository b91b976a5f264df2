/// Where a socket listens or connects: `tcp://HOST:PORT`.
package struct Endpoint: Hashable, Sendable, CustomStringConvertible {
  /// A name, an IPv4 address, an IPv6 address without brackets, or `*` for every address of this host.
  package private(set) var host: String
  /// nil lets the system choose, when listening.
  package let port: Int?

  /// Reads `tcp://HOST:PORT`; throws a ``TransportError`` that says what is wrong.
  package init(_ text: String) throws {
    func wrong(_ problem: String) -> TransportError {
      TransportError("\"\(text)\" is no endpoint: \(problem); an example is tcp://192.168.1.10:5555")
    }
    guard text.hasPrefix("tcp://") else { throw wrong("it must start with tcp://") }
    let rest = text.dropFirst(6)
    guard let colon = rest.lastIndex(of: ":") else { throw wrong("the port is missing") }
    let host = rest[..<colon]
    let port = rest[rest.index(after: colon)...]
    self.host = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : String(host)
    guard !self.host.isEmpty, self.host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x2F && $0 != 0x3B }) else {
      throw wrong("the host is missing or misspelt")
    }
    guard host.hasPrefix("[") || !host.contains(":") else { throw wrong("write an IPv6 address in brackets") }
    if port == "*" || port == "0" {
      self.port = nil
    } else {
      guard let number = Int(port), (1...65_535).contains(number) else { throw wrong("a port is from 1 to 65535") }
      self.port = number
    }
  }

  /// The text that libzmq takes.
  package var description: String {
    let name = host == "localhost" ? "127.0.0.1" : host
    return "tcp://\(name.contains(":") ? "[\(name)]" : name):\(port.map(String.init) ?? "*")"
  }

  /// Whether only programs on this host can reach it.
  package var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }

  /// This endpoint as programs on the listening host connect to it: loopback where it means every address.
  package var reachableFromHere: Endpoint {
    var endpoint = self
    if host == "*" || host == "0.0.0.0" { endpoint.host = "127.0.0.1" }
    if host == "::" { endpoint.host = "::1" }
    return endpoint
  }

  /// Throws unless this is an endpoint one can connect to.
  package func requireConnectable() throws {
    guard port != nil else { throw TransportError("\(self) cannot be connected to: it names no port") }
    guard host != "*", host != "0.0.0.0", host != "::" else {
      throw TransportError("\(self) cannot be connected to: name the coordinator's host")
    }
  }

  /// Throws when listening here without encryption would let the network in.
  package func requireProtected(encrypted: Bool, allowPlaintext: Bool) throws {
    guard !encrypted, !isLoopback, !allowPlaintext else { return }
    throw TransportError(
      "\(self) can be reached from other hosts but has no keys, so anybody could join: name a keys directory, "
        + "or write \"allowPlaintext\": true if the network itself is trusted")
  }

  /// Whether a socket for `endpoint` must be an IPv6 one. Not for IPv4 addresses, which would otherwise be reported in
  /// their mapped form.
  static func needsIPv6(_ endpoint: String) -> Bool {
    guard let host = (try? Endpoint(endpoint))?.host, host != "localhost" else { return false }
    return !host.allSatisfy { $0.isNumber || $0 == "." }
  }

  /// `address` without the prefix that marks an IPv4 address inside IPv6.
  static func plainAddress(_ address: String) -> String {
    address.hasPrefix("::ffff:") ? String(address.dropFirst(7)) : address
  }
}
