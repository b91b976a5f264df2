import Statistics
import Testing

@Suite("Where another option leads below") struct BudgetCrossingsTests {
  private let noise = [-1.0, -0.5, 0, 0.5, 1, 0.2, -0.2, 0]

  /// One value a seed around each mean.
  private func values(_ means: [Double], noise scale: Double = 0) -> [[Double]] {
    means.map { mean in noise.map { mean + scale * $0 } }
  }

  @Test("both ends are the budgets closest to the crossing that tests tell apart")
  func ends() throws {
    let crossings = BudgetCrossings(
      best: 0, budgets: [5, 10, 40, 55, 90], values: [values([-1, 0, 4, 5, 6], noise: 0.1), values([2, 2, 2, 2, 2])],
      level: 0.01)
    // From 2 behind at 10 to 2 ahead at 40: √(10 · 40).
    let found = try #require(crossings.found.first)
    #expect(crossings.found.count == 1 && found.option == 1 && abs(found.budget - 20) < 1e-9)
    #expect(found.low == 10 && found.high == 40 && !found.isTold)
    #expect(crossings.furtherBudget == 20)
  }

  @Test("ends that are close are told, and ask for nothing")
  func told() throws {
    let crossings = BudgetCrossings(
      best: 0, budgets: [10, 16, 24], values: [values([0, 1, 3], noise: 0.1), values([2, 2, 2])], level: 0.01)
    #expect(crossings.found.map(\.low) == [16] && crossings.found.map(\.high) == [24])
    #expect(crossings.isTold && crossings.furtherBudget == nil)
  }

  @Test("an end is not known beyond the first budget whose test is not sure")
  func sequence() throws {
    // Sure at 10 and 40, but not at 20: the end is 10. The largest budget is not sure: there is no other end.
    let best = [
      values([0], noise: 0.1)[0], values([1.9], noise: 1)[0], values([1], noise: 0.1)[0], values([2.1], noise: 1)[0],
    ]
    let found = try #require(
      BudgetCrossings(best: 0, budgets: [10, 20, 40, 90], values: [best, values([2, 2, 2, 2])], level: 0.01).found.first
    )
    #expect(found.low == 10 && found.high == nil && !found.isTold)
  }

  @Test("no budget is asked for where one is already, within a tenth")
  func near() {
    let crossings = BudgetCrossings(
      best: 0, budgets: [10, 20, 40, 90], values: [values([0, 2.1, 4, 6], noise: 1), values([2, 2, 2, 2])], level: 0.01)
    #expect(!crossings.isTold && crossings.furtherBudget == nil)
  }

  @Test("nothing is asked where an option leads by chance, nowhere, or with one budget or one seed")
  func nothing() {
    func found(_ best: [[Double]], _ other: [[Double]], _ budgets: [Double] = [10, 40]) -> Int {
      BudgetCrossings(best: 0, budgets: budgets, values: [best, other], level: 0.01).found.count
    }
    #expect(found(values([1.95, 8], noise: 1), values([2, 2])) == 0)
    #expect(found(values([3, 4], noise: 1), values([2, 2])) == 0)
    #expect(found(values([1]), values([2]), [10]) == 0)
    #expect(found([[1], [3]], [[2], [2]]) == 0)
    #expect(found(values([0, 8], noise: 1), values([2, 2])) == 1)
  }

  @Test("further budgets have two digits", arguments: [(19.4, 19.0), (1_949, 1_900), (0.01951, 0.02), (99.7, 100)])
  func digits(value: Double, rounded: Double) {
    // The crossing of lines that meet in the middle of the logarithms.
    let crossings = BudgetCrossings(
      best: 0, budgets: [value / 4, value * 4], values: [values([-1, 1], noise: 0.3), values([0, 0])], level: 0.01)
    #expect(crossings.furtherBudget.map { abs($0 - rounded) < 1e-12 * rounded } == true)
  }

  /// A small version of `Benchmarks inference`: four standard errors of 300 sweeps are added to the error.
  @Test("what all looks say is wrong at most as often as the error says", arguments: InferenceSimulation.Noise.allCases)
  func simulated(noise: InferenceSimulation.Noise) {
    let bound = 0.05 + 4 * (0.05 * 0.95 / 300.0).squareRoot()
    for spread in [0.4, 3] {
      let rates = CrossingSimulation(spread: spread, firstSeeds: 5, noise: noise).rates(sweeps: 300, seed: 3)
      #expect(rates.wrong <= bound, "\(rates)")
      #expect(rates.added > 0 && rates.added <= Double(BudgetCrossings.rounds), "\(rates)")
    }
  }

  @Test("rounds tell both ends more often, and closer")
  func gain() {
    let rates = CrossingSimulation(spread: 0.4, firstSeeds: 5, noise: .normal).rates(sweeps: 200, seed: 3)
    #expect(rates.bothLast > rates.bothFirst + 0.2, "\(rates)")
  }

  @Test("tests that are held to far less are seen in the simulation")
  func careless() {
    let rates = CrossingSimulation(spread: 1, firstSeeds: 5, noise: .normal, error: 5).rates(sweeps: 400, seed: 3)
    #expect(rates.wrong > 0.15, "\(rates)")
  }
}
