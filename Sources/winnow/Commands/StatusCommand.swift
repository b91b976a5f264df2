import ArgumentParser
import Cluster

/// `winnow status`: what the cluster does right now.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Say what a cluster is doing right now.")

  @OptionGroup var connection: ConnectionOptions
  @Flag(help: "Print the coordinator's JSON object.") var json = false

  func run() throws {
    let status = try connection.client().status(workers: true)
    if json { try Terminal.print(json: status.json) } else { try Terminal.print(Self.text(status)) }
  }

  private static func text(_ status: ClusterStatus) -> String {
    var lines = status.sweeps.map { sweep in
      let counts = sweep.counts
      return "\(sweep.id.prefix(12))  \(sweep.name): \(counts.finished)/\(counts.total) tasks done, "
        + "\(counts.running) running, \(counts.ready + counts.waiting) to do, \(counts.failed) failed"
    }
    if lines.isEmpty { lines.append("No sweep was submitted since the coordinator started.") }
    lines.append(
      "\(status.workers.count) workers, \(Int(status.finishedPerMinute.rounded())) tasks a minute"
        + (status.secondsLeft.map { ", about \(SweepFollower.duration($0)) left" } ?? ""))
    if let problem = status.storeProblem { lines.append("The store is in trouble: \(problem)") }
    lines += status.running.map {
      "  running \($0.label) on \($0.host) for \(SweepFollower.duration($0.seconds))"
    }
    lines += status.failed.map { "  FAILED \($0.label): \($0.reason)" }
    return lines.joined(separator: "\n")
  }
}
