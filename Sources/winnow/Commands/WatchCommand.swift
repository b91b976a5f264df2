import ArgumentParser
import Core
import Glibc
import Transport

/// `winnow watch`: follow the cluster until its work is done.
struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Follow a cluster until its work is done: done, running, failed, rate, time left.",
    discussion: "Ctrl-C stops watching, never the work. Exit status 2 when tasks failed for good.")

  @OptionGroup var connection: ConnectionOptions

  func run() throws { try Self.follow(connection, sweep: nil) }

  /// Shows the bar until nothing is left to do.
  static func follow(_ connection: ConnectionOptions, sweep: Digest?) throws {
    let follower = SweepFollower(
      address: try connection.address(), sweep: sweep, signals: try SignalDescriptor([SIGINT, SIGTERM]))
    guard try follower.follow() == .done else { return }
    let client = try connection.client()
    let status = try client.status(workers: false)
    let counts = status.counts(of: sweep)
    try Terminal.print("\(counts.done) tasks done, \(counts.stuck) failed.")
    let failures = try client.failures(of: sweep)
    for line in FailureLines.lines(failures, of: failures.count) { try Terminal.print(line) }
    if status.counters.incidents > 0 {
      try Terminal.print("\(status.counters.incidents) results contradict others: see `winnow incidents`.")
    }
    if counts.stuck > 0 { throw ExitStatus.incomplete }
    if status.counters.incidents > 0 { throw ExitStatus.incidents }
  }
}
