import ArgumentParser
import Cluster
import Core
import Execution
import Foundation
import Planning

/// Computes tasks for a coordinator.
@main struct WinnowWorker: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "winnow-worker",
    abstract: "Compute tasks for a coordinator.",
    usage: "winnow-worker --connect <tcp://host:port> [<options>]",
    discussion: """
      EXAMPLES
        winnow-worker --connect tcp://coordinator.example:5557 \\
          --key lab-7.key --server-key coordinator.pub
        winnow-worker --connect tcp://10.0.0.1:5557 --slots 16 \\
          --key lab-7.key --server-key coordinator.pub
        winnow-worker --invitation lab-7.invitation
        winnow-worker --connect tcp://a.example:5557 --connect tcp://b.example:5557 \\
          --key lab-7.key --server-key coordinator.pub

      It needs an address and keys, nothing else: objects come from the coordinator and are kept in a cache. It waits for \
      a coordinator that is not there yet and survives one that goes away; with several addresses it looks for it in one after \
      the other. Results are kept on its own disk until the \
      coordinator has acknowledged them.

      Stop it with Ctrl-C or SIGTERM: it finishes what runs, hands it in and leaves. A second signal makes it leave at \
      once.

      EXIT STATUS
        0    it left in order
        1    it could not start; the message says what to do
        64   the command line is wrong
        130  it was told twice to end and left at once
      """,
    version: "winnow-worker \(Version.current)")

  @Option(
    help: ArgumentHelp(
      "The coordinator's control address; several times where it may be in several places.",
      valueName: "tcp://host:port"))
  var connect: [String] = []
  @Option(
    help: ArgumentHelp(
      "Address and keys in one file, which `winnow keys invite` has made on the coordinator's host.", valueName: "file")
  )
  var invitation: String?
  @Option(
    help: ArgumentHelp(
      "The coordinator's objects address, one with each --connect. (default: the port behind the control port)",
      valueName: "tcp://host:port"))
  var objects: [String] = []
  @Option(help: ArgumentHelp("This host's own key file.", valueName: "file"))
  var key: String?
  @Option(help: ArgumentHelp("The coordinator's public key, as text or file.", valueName: "key"))
  var serverKey: String?
  @Option(help: "How many tasks compute at once.") var slots = ProcessInfo.processInfo.activeProcessorCount
  @Option(
    help: ArgumentHelp(
      """
      How much memory a slot may take. A task that needs more goes to a worker with more; one that takes more is ended. (default: an \
      equal share of what there is, and nothing is ended)
      """, valueName: "gigabytes"))
  var slotMemory: Double?
  @Option(help: ArgumentHelp("Where objects and unacknowledged results are kept.", valueName: "dir"))
  var cache = AgentSettings.defaultCacheDirectory
  @Option(help: "How many gigabytes of objects the cache may hold.") var cacheGigabytes = 20
  @Option(help: "How many seconds a cancelled task may take to stop before its process is ended.") var grace = 5.0
  @Flag(
    help: """
      Run programs that sweeps bring along (the strategy "external", the model "program"). They can do whatever this \
      worker's user can: allow them where you trust everybody who may submit sweeps.
      """) var allowPrograms = false
  @Option(
    help: ArgumentHelp(
      "Something that this host has and tasks may ask for, such as gpu; may be given several times.", valueName: "name")
  )
  var label: [String] = []
  @Option(help: "What is logged: debug, info, warning or error.") var logLevel = ClusterConfiguration.LogLevel.info

  func validate() throws {
    guard connect.isEmpty != (invitation == nil) else {
      throw ValidationError("either --connect or --invitation says where the coordinator is")
    }
    guard invitation == nil || key == nil && serverKey == nil else {
      throw ValidationError("an invitation holds the keys; leave out --key and --server-key")
    }
    guard (1...1_024).contains(slots) else { throw ValidationError("--slots is from 1 to 1024") }
    guard slotMemory.map({ (0.01...1_000_000).contains($0) }) ?? true else {
      throw ValidationError("--slot-memory is from 0.01 to 1000000 gigabytes")
    }
    for name in label where !WorkerLabel.isValid(name) {
      throw ValidationError("--label is 1 to 32 letters, digits, hyphens, dots and underscores, not \"\(name)\"")
    }
    guard (0...3_600).contains(grace) else { throw ValidationError("--grace is from 0 to 3600 seconds") }
    guard (1...1_000_000).contains(cacheGigabytes) else {
      throw ValidationError("--cache-gigabytes is from 1 to 1000000")
    }
  }

  func run() throws {
    ProcessParent.follow()
    var settings = try ProgramFailure.wrongConfiguration {
      if let invitation { return try AgentSettings(invitation: invitation, objects: objects) }
      return try AgentSettings(connect: connect, objects: objects, keyFile: key, serverKey: serverKey)
    }
    settings.slots = slots
    settings.cacheDirectory = cache
    settings.graceSeconds = grace
    settings.cacheLimit = cacheGigabytes << 30
    settings.labels = label
    settings.slotMemory = slotMemory.map { Int($0 * 1e9) }
    if allowPrograms { settings.allowPrograms() }
    let agent = try AgentProcess(settings, log: LineLogHandler.logger("worker", level: logLevel))
    if agent.run() == .interrupted { throw ExitCode(130) }
  }

  /// Beside what people start, the agent starts computing processes: `winnow-worker slot …`.
  static func main() {
    ProgramStart.chooseKernel()
    let arguments = CommandLine.arguments.dropFirst()
    if arguments.first == "slot" { Slot.main(Array(arguments.dropFirst())) } else { main(nil) }
  }

  /// One computing process; started by the agent only.
  struct Slot: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "slot", shouldDisplay: false)

    @Option var cache: String
    @Flag var allowPrograms = false

    func run() throws {
      ProcessParent.follow()
      try SlotProcess(executor: TaskExecutor(.standard(allowsPrograms: allowPrograms)), cacheDirectory: cache).run()
    }
  }
}

extension ClusterConfiguration.LogLevel: ExpressibleByArgument {}
