import ArgumentParser
import Transport
import Wire

extension Role: ExpressibleByArgument {}

/// `winnow keys`: identities for hosts.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Make the keys that hosts prove their identity with.",
    subcommands: [New.self, Invite.self])

  /// `winnow keys new`.
  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "new",
      abstract: "Make a key pair: NAME.key for the host itself, NAME.pub for the other side.",
      discussion: """
        EXAMPLES
          winnow keys new coordinator
          winnow keys new lab-7 && cat keys/lab-7.pub >> keys/authorized_keys
          winnow keys new ada --role client && cat keys/ada.pub >> keys/authorized_keys

        ROLES
          worker   takes tasks and hands in results
          client   submits sweeps, watches, reads results
          admin    everything, also draining workers and ending the coordinator

        NAME.pub is a line for the coordinator's list of authorised keys, and the role is its last word. A key that exists is \
        never overwritten. Send only .pub files to others.
        """)

    @Argument(help: "Letters, digits, dots, dashes and underscores.") var name: String
    @Option(help: "What the key may do: worker, client or admin.") var role = Role.worker
    @Option(help: ArgumentHelp("Where to put the two files.", valueName: "dir")) var directory = "keys"

    func run() throws {
      let pair = try KeyFile.create(name: name, role: role, in: directory)
      try Terminal.print("\(directory)/\(name).key   secret: stays on the host \(name)")
      try Terminal.print("\(directory)/\(name).pub   public: \(pair.publicKey)")
    }
  }

  /// `winnow keys invite`.
  struct Invite: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "invite",
      abstract: "Make one file with all that a new host needs, and let its key in.",
      discussion: """
        EXAMPLES
          winnow keys invite lab-7 --connect tcp://192.168.1.10:5557
          scp keys/lab-7.invitation lab-7:
          ssh lab-7 winnow-worker --invitation lab-7.invitation

        Run it where the coordinator's keys are. The file holds a secret key: hand it over like a password, and delete it here \
        afterwards. Taking the host's line out of authorized_keys ends the invitation.
        """)

    @Argument(help: "What to call the host: letters, digits, dots, dashes and underscores.") var host: String
    @Option(
      help: ArgumentHelp(
        "The coordinator's control address; several times where it may be in several places.",
        valueName: "tcp://host:port"))
    var connect: [String]
    @Option(help: "What the host may do: worker, client or admin.") var role = Role.worker
    @Option(help: ArgumentHelp("Where the coordinator's keys are.", valueName: "dir")) var directory = "keys"

    func run() throws {
      let path = try Invitation.write(
        to: host, endpoints: try connect.map { try Endpoint($0) }, role: role, keys: directory)
      try Terminal.print("\(path)   for \(host) alone; its key is in \(directory)/authorized_keys as \(role.rawValue)")
      try Terminal.print("On \(host): winnow-worker --invitation \(host).invitation")
    }
  }
}
