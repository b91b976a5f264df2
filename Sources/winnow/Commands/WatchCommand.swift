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
    let status = try connection.client().status(workers: false)
    try Terminal.print("\(status.counts.finished) tasks done, \(status.counts.failed) failed.")
    for failure in status.failed { try Terminal.print("  FAILED \(failure.label): \(failure.reason)") }
    if status.counts.failed > 0 { throw ExitStatus.incomplete }
  }
}
