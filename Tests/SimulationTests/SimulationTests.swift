import Core
import Foundation
import Simulation
import Testing

/// Whole clusters in virtual time.
///
/// Environment: `WINNOW_SIMULATION_SEEDS=FROM..<TO` runs those seeds instead of the usual few hundred (a soak);
/// `WINNOW_SIMULATION_SEED=N` makes `replay` run one seed again.
@Suite struct SimulationTests {
  static var seeds: Range<UInt64> {
    let bounds = (ProcessInfo.processInfo.environment["WINNOW_SIMULATION_SEEDS"] ?? "").components(separatedBy: "..<")
    guard bounds.count == 2, let from = UInt64(bounds[0]), let to = UInt64(bounds[1]), from < to else { return 0..<250 }
    return from..<to
  }

  @Test func whateverGoesWrongTheRecordsAreThoseOfAnUndisturbedRun() {
    var failures = 0
    for seed in Self.seeds where failures < 3 {
      var world = World(seed: seed)
      do { try world.run() } catch {
        failures += 1
        Issue.record("\(error)")
      }
    }
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["WINNOW_SIMULATION_SEED"] != nil))
  func replay() throws {
    let seed = try #require(UInt64(ProcessInfo.processInfo.environment["WINNOW_SIMULATION_SEED"] ?? ""))
    var world = World(seed: seed)
    try world.run()
  }

  @Test func nothingRunsTwiceWhenNothingGoesWrong() throws {
    for seed: UInt64 in 0..<10 {
      var world = World(seed: seed, faults: .none, hosts: 1)
      try world.run()
      #expect(world.runs == world.workload.items.count)
    }
  }
}
