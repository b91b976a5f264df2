import Statistics
import Testing

/// A small version of `Benchmarks inference`. The bounds are four standard errors of so few sweeps beyond what is wanted.
@Suite struct InferenceSimulationTests {
  @Test(arguments: [(1, 3), (6, 3)], InferenceSimulation.Noise.allCases)
  func intervalsAndWordsAreRightAsOftenAsTheySay(shape: (Int, Int), noise: InferenceSimulation.Noise) {
    let sweeps = 200
    let rates = InferenceSimulation(shifts: shape.0, seeds: shape.1, noise: noise).rates(sweeps: sweeps, seed: 7)
    #expect((0.88...0.998).contains(rates.coverage), "\(rates)")
    #expect((0.88...0.998).contains(rates.coverageAmongAll), "\(rates)")
    #expect(rates.falseFirst <= 0.035, "\(rates)")
    #expect(rates.falseAny <= 0.05 + 4 * (0.05 * 0.95 / Double(sweeps)).squareRoot(), "\(rates)")
    #expect(rates.falseFirstOfTwo <= 0.05 + 4 * (0.05 * 0.95 / Double(sweeps)).squareRoot(), "\(rates)")
  }
}
