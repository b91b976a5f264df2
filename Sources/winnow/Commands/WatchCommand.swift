import ArgumentParser
import Core
import Glibc
import Transport

/// `winnow watch`: follow the cluster until its work is done.
struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Follow a cluster until its work is done: done, running, failed, rate, time left.",
    discussion: """
      On a terminal it takes the whole screen: sweeps, kinds of tasks, workers with their keys, load and memory, failures and the \
      last lines of the coordinator's log. The keys ↑ and ↓ (or j and k) move through many workers, q leaves. With --bar, and \
      where the output goes to a pipe or a file, it is one line.

      Leaving (Ctrl-C, q) stops watching, never the work. Exit status 2 when tasks failed for good.
      """)

  @OptionGroup var connection: ConnectionOptions
  @Flag(help: "Show one line instead of the whole screen.") var bar = false

  func run() throws { try Self.follow(connection, sweep: nil, wholeScreen: !bar) }

  /// Shows how far it is until nothing is left to do.
  static func follow(_ connection: ConnectionOptions, sweep: Digest?, wholeScreen: Bool = true) throws {
    let address = try connection.address()
    var follower = SweepFollower(
      address: address, sweep: sweep, signals: try SignalDescriptor([SIGINT, SIGTERM, SIGHUP, SIGWINCH]))
    if wholeScreen, let screen = ScreenDisplay(place: address.words, sweep: sweep) { follower.display = screen }
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
