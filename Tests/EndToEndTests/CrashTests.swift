import Core
import Foundation
import Testing

@Suite("Crashes", .enabled(if: SmallSweep.isPossible), .serialized) struct CrashTests {
  /// Who is killed without warning.
  enum Victim: String, CaseIterable {
    case worker = "winnow-worker"
    case coordinator = "winnow-coordina"
    case everything
  }

  /// How many moments; more for a long test, by the variable `WINNOW_CRASHES`.
  private static let moments = ProcessInfo.processInfo.environment["WINNOW_CRASHES"].flatMap(Int.init) ?? 10

  @Test("killed at many moments, a sweep with a program of somebody's ends with the outcomes of an undisturbed run")
  func kills() throws {
    let scratch = try ScratchDirectory()
    let program = try scratch.write(
      """
      #!/bin/sh
      # Long enough that some are killed in the middle.
      sleep 0.3
      printf '{"indices": [5, 2, 9]}' > "$1/subset.json"

      """, to: "pick.sh")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    let text = SmallSweep.text.replacingOccurrences(
      of: #""herding","#, with: #""herding", {"name": "external", "program": "\#(program)"},"#)
    let sweep = try scratch.write(text, to: "sweep.json")
    let pools = scratch.path("pools")
    let warmUp = SmallSweep.text.replacingOccurrences(of: "\"seeds\": 2", with: "\"seeds\": [9]")
      .replacingOccurrences(of: "\"random\", \"herding\", \"el2n\"", with: "\"random\"")
    let warmUpFile = try scratch.write(warmUp, to: "warm-up.json")
    #expect(try Programs.run("winnow", ["run", warmUpFile, "--store", pools]).status == 0)
    let undisturbed = scratch.path("undisturbed")
    try FileManager.default.copyItem(atPath: pools, toPath: undisturbed)
    #expect(try Programs.run("winnow", ["run", sweep, "--store", undisturbed]).status == 0)
    let expected = try SmallSweep.outcomes(of: undisturbed)

    var generator = SeededGenerator(seed: 1, purpose: "moments of crashes")
    var killed: [Victim: Int] = [:]
    for moment in 0..<Self.moments {
      let store = scratch.path("store-\(moment)")
      try FileManager.default.copyItem(atPath: pools, toPath: store)
      let victim = Victim.allCases[moment % 3]
      killed[victim, default: 0] += try disturb(
        sweep: sweep, store: store, victim: victim, after: generator.uniform(in: 0.05..<1.2))
      let ending = try Programs.run("winnow", ["run", sweep, "--store", store])
      #expect(ending.status == 0, "moment \(moment), \(victim): \(ending.errors)")
      #expect(try SmallSweep.outcomes(of: store) == expected, "moment \(moment), \(victim)")
      let check = try Programs.run("winnow", ["store", "check", "--store", store])
      #expect(check.status == 0, "moment \(moment), \(victim): \(check.output)")
      try FileManager.default.removeItem(atPath: store)
    }
    for victim in Victim.allCases { #expect(killed[victim, default: 0] > 0, "no \(victim) was ever killed") }
  }

  /// Starts the sweep, kills `victim` after some seconds of work, and waits until no process of the run is left.
  ///
  /// - Returns: how many processes were killed.
  private func disturb(sweep: String, store: String, victim: Victim, after seconds: Double) throws -> Int {
    let run = try Programs.Started("winnow", ["run", sweep, "--store", store])
    let moment = Date().addingTimeInterval(seconds)
    var family: [Int32] = []
    while run.process.isRunning, Date() < moment || family.isEmpty {
      family = run.descendants()
      usleep(5_000)
    }
    let targets =
      victim == .everything
      ? [run.process.processIdentifier] + run.descendants()
      : family.filter { Programs.name(of: $0) == victim.rawValue }
    let killed = targets.filter { kill($0, SIGKILL) == 0 }.count
    _ = try run.awaitEnd()
    let patience = Date().addingTimeInterval(10)
    while Date() < patience, family.contains(where: { isAlive($0) }) { usleep(10_000) }
    #expect(!family.contains { isAlive($0) }, "a process of the run outlived it")
    return killed
  }

  private func isAlive(_ process: Int32) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return false }
    return !status.contains(") Z ")
  }

  @Test("Ctrl-C stops a run within seconds and says how to go on, and that works") func interrupt() throws {
    let scratch = try ScratchDirectory()
    let sweep = try scratch.write(SmallSweep.text, to: "sweep.json")
    let store = scratch.path("store")
    let run = try Programs.Started("winnow", ["run", sweep, "--store", store])
    while run.process.isRunning, run.descendants().count < 3 { usleep(5_000) }
    kill(run.process.processIdentifier, SIGINT)
    let asked = Date()
    let ending = try run.awaitEnd()
    #expect(Date().timeIntervalSince(asked) < 30)
    #expect(ending.status == 130)
    #expect(ending.errors.contains("winnow run \(sweep) --store \(store)"), "said: \(ending.errors)")
    #expect(try Programs.run("winnow", ["run", sweep, "--store", store]).status == 0)
    #expect(try SmallSweep.outcomes(of: store).count == SmallSweep.trials)
  }
}
