import ArgumentParser
import Cluster
import Core
import Execution
import Files
import Planning

/// Hands out tasks, takes results, keeps the store.
@main struct WinnowCoordinator: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "winnow-coordinator",
    abstract: "Hand out the tasks of sweeps to workers and keep their results.",
    discussion: """
      EXAMPLES
        winnow keys new coordinator                 this host's identity, in keys/
        winnow keys new lab-7                       one for each worker
        cat keys/lab-7.pub >> keys/authorized_keys  let it in
        winnow-coordinator --config cluster.json

      The list of keys is read again when it changes. Then winnow-worker on every host that computes, and winnow submit, \
      status and watch from anywhere.

      Stop it with Ctrl-C or SIGTERM, or kill it: started again on the same store, it goes on where it was, and nothing \
      that finished is computed twice.

      EXIT STATUS
        0    it was told to end, and everything that had arrived is in the store
        1    it could not start or go on; the message says what to do
        64   the command line or the configuration is wrong
      """,
    version: "winnow-coordinator \(Version.current)")

  @Option(help: ArgumentHelp("The cluster file; cluster.example.json shows every key.", valueName: "cluster.json"))
  var config: String

  func run() throws {
    ProcessParent.follow()
    DescriptorLimit.raise()
    let configuration = try ProgramFailure.wrongConfiguration { try ClusterConfiguration.read(config) }
    let log = LineLogHandler.logger("coordinator", level: configuration.logLevel)
    try CoordinatorProcess(configuration, planner: SweepPlanner(catalogue: .standard()), log: log).run()
  }
}
