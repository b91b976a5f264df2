import Core
import Foundation
import Simulation
import Testing
import Wire

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
    var disturbed: Set<Faults.Disturbance> = []
    var troubles: Set<Trouble> = []
    var counters: [ClusterCounters] = []
    for seed in Self.seeds where failures < 3 {
      var world = World(seed: seed)
      do { try world.run() } catch {
        failures += 1
        Issue.record("\(error)")
      }
      disturbed.formUnion(world.disturbed.keys)
      troubles.formUnion(world.troubles.keys)
      counters.append(world.counters)
    }
    // Seeds that show nothing would prove nothing. A replay of a few seeds need not show everything.
    guard Self.seeds.count >= 100 else { return }
    #expect(disturbed == Set(Faults.Disturbance.allCases))
    // A commit takes so little time here that hardly any crash falls into one.
    let rare: Set<Trouble> = [.crashAfterCommit, .crashBeforeCommit]
    #expect(troubles.isSuperset(of: Set(Trouble.allCases).subtracting(rare)))
    for (name, counter) in Self.consequences {
      #expect(counters.contains { $0[keyPath: counter] > 0 }, "no seed showed \(name)")
    }
  }

  /// What a coordinator counts when something went wrong, and must have counted in some run.
  private static var consequences: [(String, KeyPath<ClusterCounters, Int>)] {
    [
      ("a copy of a straggler", \.copies), ("an adopted attempt", \.adopted), ("a repeated result", \.repeatedResults),
      ("an exception", \.exceptions), ("a death of a process", \.processDeaths),
      ("a task that was handed back", \.handedBack), ("an unavailable input", \.unavailable),
      ("a lost grant", \.lostGrants), ("a worker that was silent too long", \.expiredWorkers),
      ("a stranger", \.unknownPeers), ("a failure of the store", \.storeFailures),
    ]
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
