import ArgumentParser
import Cluster
import Wire

/// `winnow status`: what the cluster does right now.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Say what a cluster is doing right now.")

  @OptionGroup var connection: ConnectionOptions
  @Flag(help: "Print the coordinator's JSON object.") var json = false

  func run() throws {
    let client = try connection.client()
    let status = try client.status(workers: true)
    if json {
      try Terminal.print(json: status.json(failures: try client.failures()))
    } else {
      try Terminal.say(Self.text(status))
    }
  }

  private static func text(_ status: ClusterStatus) -> String {
    var lines = status.sweeps.map { sweep in
      let counts = sweep.counts
      return "\(sweep.id.short)  \(sweep.name): \(counts.done)/\(counts.total) tasks done, "
        + "\(sweep.computing) running, \(counts.unfinished - sweep.computing) to do, \(counts.stuck) failed"
        + (sweep.isCancelled ? ", cancelled" : sweep.isPaused ? ", paused" : "")
    }
    if lines.isEmpty { lines.append("No sweep was submitted since the coordinator started.") }
    lines.append(
      "\(status.workerCount) workers, \(Int(status.finishedPerMinute.rounded())) tasks a minute"
        + (status.obstacle.map { "; \($0.words)" }
          ?? status.secondsLeft.map { $0 > 0 ? ", about \(DurationText.words($0)) left" : "" } ?? ""))
    if status.incidents > 0 {
      lines.append(
        "The store keeps \(status.incidents) incidents, results that contradict others: see `winnow incidents`.")
    }
    if let problem = status.storeProblem { lines.append("The store is in trouble: \(problem)") }
    lines += status.running.map {
      let share = $0.thousandths > 0 ? ", \($0.thousandths / 10) %" : ""
      return "  running \($0.label) on \($0.host) for \(DurationText.words($0.seconds))\(share)"
    }
    lines += FailureLines.lines(status.failures, of: status.failureCount)
    return lines.joined(separator: "\n")
  }
}
