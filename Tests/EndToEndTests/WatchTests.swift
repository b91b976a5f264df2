import Cluster
import Foundation
import TestSupport
import Testing

/// `winnow watch` on a terminal; `script` of Debian's bsdutils, which every system has, is the terminal.
@Suite("Watching on a terminal", .serialized) struct WatchTests {
  private let cluster: ClusterUnderTest
  private static let (enter, leave) = ("\u{1B}[?1049h", "\u{1B}[?1049l")

  init() throws {
    cluster = try ClusterUnderTest()
    try cluster.startCoordinator()
  }

  /// Afterwards the terminal says how it is set.
  private func watch(_ arguments: [String] = []) throws -> Programs.Started {
    let command = (["\(Programs.directory.path)/winnow", "watch", "--store", cluster.store] + arguments).map {
      "'\($0)'"
    }
    .joined(separator: " ")
    return try Programs.Started(
      "/usr/bin/script",
      ["-eqc", "stty cols 90 rows 24; TERM=xterm \(command); echo status $?; stty -a", "/dev/null"])
  }

  private func watcher(_ program: Programs.Started) throws -> Int32 {
    var found: Int32?
    try waitUntil("the screen is taken") {
      // Not by its name: one that starts itself again for another kernel is called `exe`.
      found = program.descendants().first {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\($0)/exe"))?.hasSuffix("/winnow") == true
      }
      let said = try program.said()
      return found != nil && said.contains(Self.enter)
    }
    return try #require(found)
  }

  private func requireGivenBack(_ output: String) throws {
    let place = try #require(output.range(of: Self.leave))
    let after = output[place.upperBound...]
    #expect(!after.contains(Self.enter))
    #expect(after.contains("isig icanon") && after.contains(" echo ") && !after.contains("-isig"), "\(after)")
  }

  @Test func itShowsSweepsKindsWorkersAndTheLogUntilTheWorkIsDone() throws {
    try cluster.startWorker(slots: 2)
    try cluster.submit(NothingSweep(name: "june", count: 12, parameters: ["wait": 0.5]))
    let shown = try watch().awaitEnd()
    let output = shown.output
    try requireGivenBack(output)
    // How many of the two slots are busy in a frame depends on when it is drawn.
    for words in [
      "june", "SWEEP", "KIND OF TASK", "HOST", "/2", "worker", "LOG OF THE COORDINATOR", "has joined with 2 slots",
    ] { #expect(output.contains(words), "\(words)") }
    #expect(output.contains("12 tasks done, 0 failed.") && output.contains("status 0"))
  }

  @Test(arguments: [(SIGINT, "status 0"), (SIGTERM, "status 0"), (SIGSEGV, "status 139"), (SIGILL, "status 132")])
  func theTerminalIsGivenBackHoweverItEnds(signal: Int32, status: String) throws {
    try cluster.submit(NothingSweep(name: "june", count: 2))
    let program = try watch()
    kill(try watcher(program), signal)
    let output = try program.awaitEnd().output
    try requireGivenBack(output)
    #expect(output.contains("no workers: waiting") && output.contains(status), "\(output.suffix(900))")
  }

  @Test func aPipeAndThoseWhoAskForItGetLines() throws {
    try cluster.startWorker(slots: 2)
    try cluster.submit(NothingSweep(name: "june", count: 4, parameters: ["wait": 0.3]))
    let bar = try watch(["--bar"]).awaitEnd()
    #expect(!bar.output.contains(Self.enter) && bar.output.contains("4 tasks done, 0 failed."))
    let piped = try Programs.run("winnow", ["watch", "--store", cluster.store])
    #expect(!(piped.output + piped.errors).contains("\u{1B}") && piped.output.contains("4 tasks done"))
  }
}
