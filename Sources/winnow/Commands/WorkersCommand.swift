import ArgumentParser
import Wire

/// `winnow workers`: who computes, and who should stop.
struct WorkersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "workers", abstract: "List the workers of a cluster, or let one leave.",
    discussion: """
      EXAMPLES
        winnow workers                              who computes
        winnow workers drain 3fa1                   let that one finish, then leave
        winnow workers drain --host node7 --within 600
                                                    all on a host, in ten minutes
        winnow workers drain --all                  everybody
        winnow workers retry                        give what failed another chance
      """,
    subcommands: [List.self, Drain.self, Retry.self], defaultSubcommand: List.self)

  /// `winnow workers list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the workers.")
    @OptionGroup var connection: ConnectionOptions
    @Flag(help: "Print one JSON object.") var json = false

    func run() throws {
      let status = try connection.client().status(workers: true)
      if json {
        try Terminal.print(json: ["workers": .array(status.workers.map(\.json))])
        return
      }
      for worker in status.workers {
        try Terminal.print(
          "\(worker.id.short)  \(worker.host)  \(worker.running)/\(worker.slots) slots busy  \(worker.state.word)"
            + (worker.keyName.isEmpty ? "" : "  key \(worker.keyName)"))
      }
      if status.workers.isEmpty { try Terminal.print("No worker is connected.") }
    }
  }

  /// `winnow workers drain`.
  struct Drain: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "drain", abstract: "Let workers finish what they do and leave.")
    @Argument(help: "The start of the worker's name, as `winnow workers` lists it.") var name: String?
    @Option(help: ArgumentHelp("All workers on this host.", valueName: "name")) var host: String?
    @Flag(help: "All workers.") var all = false
    @Option(help: ArgumentHelp("What is not done by then goes to others.", valueName: "seconds")) var within: Double?
    @OptionGroup var connection: ConnectionOptions

    func validate() throws {
      guard [name != nil, host != nil, all].count(where: { $0 }) == 1 else {
        throw ValidationError("say which workers: the start of a name, --host NAME or --all")
      }
      guard within.map({ (0...1e9).contains($0) }) ?? true else {
        throw ValidationError("--within is a number of seconds")
      }
    }

    func run() throws {
      let workers = all ? .all : host.map { WorkerSelection.host($0) } ?? .named(name ?? "")
      try Terminal.print(connection.client().drain(workers, withinSeconds: within))
    }
  }

  /// `winnow workers retry`.
  struct Retry: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "retry", abstract: "Give failed tasks and quarantined workers another chance.")
    @OptionGroup var connection: ConnectionOptions

    func run() throws { try Terminal.print(connection.client().retryFailed()) }
  }
}
