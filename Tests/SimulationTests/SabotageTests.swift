import Simulation
import Testing

/// The checks are worth something only if they notice a broken cluster.
@Suite struct SabotageTests {
  @Test(arguments: Sabotage.allCases) func aBrokenClusterIsNoticed(_ sabotage: Sabotage) {
    for seed: UInt64 in 0..<60 {
      var world = World(seed: seed, sabotage: sabotage)
      do { try world.run() } catch { return }
    }
    Issue.record("no seed of 60 notices \(sabotage)")
  }

  @Test func aSeedIsAWholeRun() throws {
    for seed: UInt64 in 0..<3 {
      var first = World(seed: seed)
      var second = World(seed: seed)
      try first.run()
      try second.run()
      #expect(first.steps == second.steps && first.now == second.now && first.runs == second.runs)
    }
  }
}
