import Core
import Statistics
import Testing

@Suite struct LearningCurveTests {
  @Test func agreesWithSciPysCurveFit() throws {
    let points = zip([20.0, 50, 100, 200], [0.70, 0.76, 0.79, 0.815]).map { CostCurve.Point(cost: $0, utility: $1) }
    let found = try #require(LearningCurve(points))
    #expect(abs(found.limit - 0.88344178) < 1e-5 && abs(found.gain - 0.65523855) < 1e-4)
    #expect(abs(found.exponent - 0.42522685) < 1e-5)
    let cost = try #require(found.cost(of: 0.85))
    #expect(abs(found.utility(at: cost) - 0.85) < 1e-9 && found.cost(of: 0.9) == nil)
  }

  @Test func pointsThatFollowNoPowerLawHaveNoFit() {
    func fit(_ utilities: [Double]) -> LearningCurve? {
      LearningCurve(zip([20.0, 50, 100], utilities).map { CostCurve.Point(cost: $0, utility: $1) })
    }
    #expect(fit([0.8, 0.7, 0.6]) == nil)
    #expect(fit([0.5, 0.6, 0.9]) == nil)
    #expect(fit([0.7, 0.7, 0.7]) == nil)
    #expect(LearningCurve([.init(cost: 1, utility: 0.1), .init(cost: 2, utility: 0.2)]) == nil)
  }

  @Test func noiseThatHidesTheShapeLeavesItUnidentified() throws {
    var generator = SeededGenerator(seed: 2, purpose: "curves")
    let costs = [20.0, 50, 100, 200]
    func band(_ noise: Double) -> LearningCurveBand? {
      let values = costs.map { cost in
        (0..<8).map { _ in 0.88 - 0.65 * PortableMath.pow(cost, -0.43) + noise * generator.normal() }
      }
      return LearningCurveBand(
        .init(costs: costs, values: values),
        resamples: PairedResamples(strata: [Int](repeating: 0, count: 8), replicates: 300, seed: 0))
    }
    let found = try #require(band(0.001))
    #expect(found.limit.contains(0.88) && found.exponent.contains(0.43) && found.utilities(at: 400).contains(0.8306))
    #expect(band(0.1) == nil)
  }
}

@Suite struct MoneyMultiplierTests {
  private let resamples = PairedResamples(strata: [0, 0, 0, 0], replicates: 500, seed: 1)

  private func multiplier(_ utility: Double, noise: Double = 0, extrapolates: Bool = false) -> MoneyMultiplier {
    var generator = SeededGenerator(seed: 6, purpose: "multiplier")
    func units(_ mean: Double) -> [Double] { (0..<4).map { _ in mean + noise * generator.normal() } }
    return MoneyMultiplier(
      spent: 30, utilities: units(utility),
      other: .init(costs: [20, 50, 100, 200], values: [0.70, 0.76, 0.79, 0.815].map(units)), extrapolates: extrapolates,
      resamples: resamples)
  }

  @Test func betweenBudgetsItIsReadOffTheLine() {
    // 20 · 2.5^¾: three quarters of the way from .70 to .76 over the logarithm of the cost (KnownValues/inference.py).
    let found = multiplier(0.745)
    #expect(found.kind == .measured && abs(found.equivalent - 39.76353643835255) < 1e-6)
    #expect(abs(found.factor - 1.3254512) < 1e-6)
    #expect(found.low.map { abs($0 - found.equivalent) < 1e-6 } == true)
  }

  @Test func beyondTheBudgetsItIsABoundOrAnExtrapolation() throws {
    let bound = multiplier(0.83)
    #expect(bound.kind == .lowerBound && bound.equivalent == 200 && bound.high == nil && bound.low == nil)
    let beyond = multiplier(0.83, extrapolates: true)
    // (b / (a − .83))^(1/α) with SciPy's a, b, α.
    #expect(beyond.kind == .extrapolated && abs(beyond.equivalent - 362.9558) < 0.05)
    #expect(multiplier(0.87, extrapolates: true).kind == .lowerBound)
    let below = multiplier(0.65)
    #expect(below.kind == .upperBound && below.equivalent == 20 && below.low == nil)
  }

  @Test func noiseWidensTheInterval() throws {
    let (quiet, loud) = (multiplier(0.77, noise: 0.001), multiplier(0.77, noise: 0.008))
    let (low, high) = (try #require(quiet.low), try #require(quiet.high))
    #expect(low < quiet.equivalent && quiet.equivalent < high)
    #expect(loud.low.map { $0 < low } ?? true)
  }
}
