import Statistics
import Testing

@Suite("Draws of a data set as units") struct DrawMeansTests {
  @Test("a draw is the mean over its strata; one that misses a stratum of others is left out") func units() {
    #expect(DrawMeans.units([[1, 2, 3], [3, 6, 5]]) == [2, 4, 4])
    #expect(DrawMeans.units([[1, nil, 3], [3, 6, 5]]) == [2, 4])
    #expect(DrawMeans.units([[nil, nil], [3, 6]]) == [3, 6])
    #expect(DrawMeans.units([[nil], []]) == [] && DrawMeans.units([]) == [])
  }

  /// A small version of what `Benchmarks inference` prints; bounds four standard errors of so few sweeps beyond 93 to 97 %.
  @Test(
    "intervals over draws hold what they say however much draws share; those over trials do not", arguments: [3, 6])
  func coverage(draws: Int) {
    let simulation = InferenceSimulation(shifts: 4, seeds: 3, noise: .normal)
    for share in [0, 0.1, 0.5] {
      let found = simulation.coverage(draws: draws, share: share, sweeps: 400, seed: 11)
      #expect((0.89...0.995).contains(found.draws), "\(share): \(found)")
      if share == 0.5 { #expect(found.trials < 0.7, "\(found)") }
    }
  }
}
