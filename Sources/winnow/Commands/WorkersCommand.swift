import ArgumentParser

/// `winnow workers`: who computes, and who should stop.
struct WorkersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "workers", abstract: "List the workers of a cluster, or let one leave.",
    discussion: """
      EXAMPLES
        winnow workers                              who computes
        winnow workers drain 3fa1                   let that one finish, then leave
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
      commandName: "drain", abstract: "Let a worker finish what it does and leave.")
    @Argument(help: "The start of the worker's name, as `winnow workers` lists it.") var name: String
    @OptionGroup var connection: ConnectionOptions

    func run() throws { try Terminal.print(connection.client().drain(worker: name)) }
  }

  /// `winnow workers retry`.
  struct Retry: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "retry", abstract: "Give failed tasks and quarantined workers another chance.")
    @OptionGroup var connection: ConnectionOptions

    func run() throws { try Terminal.print(connection.client().retryFailed()) }
  }
}
