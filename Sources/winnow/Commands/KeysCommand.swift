import ArgumentParser
import Transport

/// `winnow keys`: identities for hosts.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Make the keys that hosts prove their identity with.", subcommands: [New.self])

  /// `winnow keys new`.
  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "new",
      abstract: "Make a key pair: NAME.key for the host itself, NAME.pub for the other side.",
      discussion: """
        EXAMPLES
          winnow keys new coordinator
          winnow keys new lab-7 && cat keys/lab-7.pub >> keys/authorized_keys

        A key that exists is never overwritten. Send only .pub files to others.
        """)

    @Argument(help: "Letters, digits, dots, dashes and underscores.") var name: String
    @Option(help: ArgumentHelp("Where to put the two files.", valueName: "dir")) var directory = "keys"

    func run() throws {
      let pair = try KeyFile.create(name: name, in: directory)
      try Terminal.print("\(directory)/\(name).key   secret: stays on the host \(name)")
      try Terminal.print("\(directory)/\(name).pub   public: \(pair.publicKey)")
    }
  }
}
