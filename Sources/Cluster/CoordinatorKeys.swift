import Core
import Files
import Foundation
import Logging
import Transport
import Wire

/// The identities that a coordinator works with, and its list of who may connect.
struct CoordinatorKeys {
  static let domain = "winnow"

  let pair: KeyPair
  let authenticator: Authenticator

  /// Reads `coordinator.key` and the list, and makes `client.key` for the command lines of this host when it is absent.
  init(directory: String, authorizedKeys: String, context: Context, log: Logger) throws {
    let keyFile = "\(directory)/coordinator.key"
    guard FileReading.exists(keyFile) else {
      throw ConfigurationError(
        place: directory,
        problem: "coordinator.key is missing; make it with: winnow keys new coordinator --directory \(directory)")
    }
    pair = try KeyFile.readPair(keyFile)
    // A list that does not exist yet admits nobody but this host's own client.
    if !FileReading.exists(authorizedKeys) {
      log.warning(
        "\(authorizedKeys) does not exist, so no worker can join yet: add the lines of their .pub files to it")
      try KeyFile.write(
        "# Who may join: a public key, a name and a role (worker, client, admin) per line.\n", to: authorizedKeys,
        mode: 0o600)
    }
    let say: (String) -> Void = { log.warning("\($0)") }
    let keys = try AuthorizedKeys(
      path: authorizedKeys, always: Self.localClient(in: directory, log: log), log: say)
    authenticator = try Authenticator(context, domain: Self.domain, keys: keys, log: say)
  }

  private static func localClient(in directory: String, log: Logger) -> [PublicKey: Principal] {
    do {
      let path = "\(directory)/client.key"
      let exists = FileReading.exists(path)
      let pair = exists ? try KeyFile.readPair(path) : try KeyFile.create(name: "client", in: directory)
      // Whoever can read that file can change this list as well.
      return [pair.publicKey: Principal(key: pair.publicKey.description, name: "client", role: .admin)]
    } catch {
      log.warning("command lines on this host need a key of their own: \(error)")
      return [:]
    }
  }
}
