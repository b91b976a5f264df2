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
        winnow-coordinator --config cluster.json --standby

      The list of keys is read again when it changes. Then winnow-worker on every host that computes, and winnow submit, \
      status and watch from anywhere.

      Stop it with Ctrl-C or SIGTERM, or kill it: started again on the same store, it goes on where it was, and nothing \
      that finished is computed twice. A second one with --standby, on a store that both can reach, takes its place as soon as it \
      has ended, however it ended; workers and command lines that were given both addresses go over by themselves. To end the \
      cluster, end the one that waits first.

      EXIT STATUS
        0    it was told to end, and everything that had arrived is in the store
        1    it could not start or go on; the message says what to do
        64   the command line or the configuration is wrong
      """,
    version: "winnow-coordinator \(Version.current)")

  @Option(help: ArgumentHelp("The cluster file; cluster.example.json shows every key.", valueName: "cluster.json"))
  var config: String
  @Flag(help: "Wait until no other coordinator works on the store, then take its place.") var standby = false

  func run() throws {
    ProcessParent.follow()
    DescriptorLimit.raise()
    let configuration = try ProgramFailure.wrongConfiguration { try ClusterConfiguration.read(config) }
    let log = LineLogHandler.logger("coordinator", level: configuration.logLevel)
    let planner = SweepPlanner(catalogue: .standard())
    try CoordinatorProcess(configuration, planner: planner, isStandby: standby, log: log)?.run()
  }
}
