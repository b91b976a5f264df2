import Files
import Foundation
package import Wire

/// One file with all that a new host needs to join a cluster: where the coordinator is, its public key, and a key pair that
/// is among the authorised ones already.
package struct Invitation: Sendable {
  /// Where the coordinator may be, in the order in which it is looked for; at least one place.
  package let endpoints: [Endpoint]
  package let serverKey: PublicKey
  package let keys: KeyPair

  /// Makes a key for `name`, writes it with everything else to `NAME.invitation` (0600) in `directory`, and adds it to
  /// `authorized_keys` there.
  ///
  /// - Returns: the path of the file.
  /// - Throws: when the coordinator has no key there, the name is taken, or something cannot be written.
  package static func write(to name: String, endpoints: [Endpoint], role: Role, keys directory: String) throws -> String
  {
    guard KeyFile.isName(name) else {
      throw TransportError("\"\(name)\" cannot name a host: use letters, digits, dots, dashes and underscores")
    }
    precondition(!endpoints.isEmpty, "an invitation says where to join")
    for endpoint in endpoints { try endpoint.requireConnectable() }
    let server = try KeyFile.readPair("\(directory)/coordinator.key")
    let pair = KeyPair.generate()
    let path = "\(directory)/\(name).invitation"
    try KeyFile.write(
      """
      \(KeyFile.secretMark) \(name), and where it may join. Whoever can read this file can act in its name.
      \(endpoints.map { "connect \($0)" }.joined(separator: "\n"))
      server-key \(server.publicKey)
      key \(pair.secret.text)

      """, to: path, mode: 0o600)
    try AuthorizedKeys.append(pair.publicKey, name: name, role: role, to: "\(directory)/authorized_keys")
    return path
  }

  /// Reads what ``write(to:endpoints:role:keys:)`` wrote. Throws when it is something else, or when other users can read it.
  package init(path: String) throws {
    let text = try KeyFile.read(path, what: "the invitation")
    try KeyFile.requirePrivate(path)
    var values: [String: String] = [:]
    var endpoints: [Endpoint] = []
    for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      let words = line.split(separator: " ", maxSplits: 1)
      guard words.count == 2 else { continue }
      let value = words[1].trimmingCharacters(in: .whitespaces)
      if words[0] == "connect" { endpoints.append(try Endpoint(value)) } else { values[String(words[0])] = value }
    }
    guard !endpoints.isEmpty, let server = values["server-key"].flatMap({ PublicKey($0) }),
      let secret = values["key"].flatMap({ SecretKey($0) })
    else {
      throw TransportError("\(path) is no invitation; make one on the coordinator's host with: winnow keys invite HOST")
    }
    self.endpoints = endpoints
    serverKey = server
    keys = KeyPair(secret: secret)
  }
}
