import Cluster
import Execution
import Foundation
import Planning
import ToyTables

/// A coordinator, a worker or a slot of the ordinary shells, with the toy tables: `toy-program coordinator CONFIG`,
/// `toy-program worker ADDRESS KEY SERVER-KEY CACHE`, and what a worker starts for itself.
@main struct ToyProgram {
  static func main() throws {
    ProcessParent.follow()
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch arguments.first {
    case "coordinator":
      let configuration = try ClusterConfiguration.read(arguments[1])
      try CoordinatorProcess(
        configuration, planner: SweepPlanner(catalogue: .toy), log: LineLogHandler.logger("coordinator", level: .debug)
      )?.run()
    case "worker":
      var settings = try AgentSettings(
        connect: [arguments[1]], keyFile: arguments[2], serverKey: arguments[3])
      settings.slots = 1
      settings.cacheDirectory = arguments[4]
      _ = try AgentProcess(settings, log: LineLogHandler.logger("worker", level: .debug)).run()
    case "slot":
      try SlotProcess(executor: TaskExecutor(.toy), cacheDirectory: arguments[2]).run()
    default: fatalError("toy-program coordinator|worker|slot")
    }
  }
}
