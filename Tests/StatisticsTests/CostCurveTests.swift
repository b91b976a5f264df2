import Core
import Statistics
import Testing

private func isClose(_ a: Double?, _ b: Double, _ tolerance: Double = 1e-9) -> Bool {
  a.map { abs($0 - b) <= tolerance } ?? false
}

private func curve(_ points: [(Double, Double)]) -> CostCurve {
  CostCurve(points.map { CostCurve.Point(cost: $0.0, utility: $0.1) })
}

@Suite struct CostCurveTests {
  @Test func linesAreStraightInTheLogarithmOfTheCost() {
    let line = curve([(100, 0.9), (25, 0.7), (50, 0.8)])
    #expect(line.range == 25...100)
    #expect(isClose(line.utility(at: 25 * 2.0.squareRoot()), 0.75))
    #expect(isClose(line.utility(at: 200), 1.0) && isClose(line.utility(at: 12.5), 0.6))
    #expect(isClose(curve([(10, 0.4)]).utility(at: 99), 0.4))
    #expect(curve([(10, 0.4), (10, 0.6)]).points == [CostCurve.Point(cost: 10, utility: 0.5)])
  }

  @Test func areaWeighsDoublingsAlike() {
    // Level .6 over one doubling, then from .6 to 1 over the next.
    let line = curve([(10, 0.6), (20, 0.6), (40, 1)])
    #expect(isClose(line.meanUtility(over: 10...40), 0.7))
    #expect(isClose(line.meanUtility(over: 10...20), 0.6) && isClose(line.meanUtility(over: 40...40), 1))
  }

  @Test func areaAgreesWithABruteForceSum() {
    let line = curve([(3, 0.2), (7, 0.55), (8, 0.5), (31, 0.91)])
    let steps = 200_000
    var sum = 0.0
    for step in 0..<steps {
      sum += line.utility(at: 4 * PortableMath.exp(PortableMath.log(5) * (Double(step) + 0.5) / Double(steps)))
    }
    #expect(isClose(line.meanUtility(over: 4...20), sum / Double(steps), 1e-7))
  }

  @Test func targetIsReachedWhereTheLineMeetsIt() {
    let line = curve([(10, 0.5), (40, 0.7), (80, 0.65)])
    #expect(isClose(line.costToReach(0.6), 20) && line.costToReach(0.3) == 10 && line.costToReach(0.71) == nil)
    #expect(isClose(curve([(10, 2), (40, 1)]).costToReach(1.5, isHigherBetter: false), 20))
  }

  @Test func crossingsAreFoundBetweenAndAtThePoints() throws {
    let (flat, steep) = (curve([(10, 0.6), (40, 0.6)]), curve([(10, 0.5), (40, 0.7)]))
    let crossing = try #require(steep.crossings(with: flat).first)
    #expect(isClose(crossing.cost, 20) && crossing.isRising)
    #expect(flat.crossings(with: steep).map(\.isRising) == [false])
    // Meeting at a measured point and passing on is one crossing; touching and turning back is none.
    #expect(curve([(10, 0.5), (20, 0.6), (40, 0.7)]).crossings(with: flat).count == 1)
    #expect(curve([(10, 0.5), (20, 0.6), (40, 0.5)]).crossings(with: flat).isEmpty)
    #expect(curve([(100, 0.5), (200, 0.7)]).crossings(with: flat).isEmpty)
  }
}

@Suite struct CostCurveResamplesTests {
  private func subjects(_ noise: Double, units: Int) -> [CostCurveResamples.Subject] {
    var generator = SeededGenerator(seed: 5, purpose: "curves/\(units)")
    func values(_ means: [Double]) -> [[Double]] {
      means.map { mean in (0..<units).map { _ in mean + noise * generator.normal() } }
    }
    return [
      .init(costs: [10, 20, 40], values: values([0.6, 0.62, 0.64])),
      .init(costs: [10, 20, 40], values: values([0.5, 0.6, 0.7])),
    ]
  }

  private func resamples(_ units: Int) -> PairedResamples {
    PairedResamples(strata: (0..<units).map { _ in 0 }, replicates: 500, seed: 1)
  }

  @Test func withoutNoiseEverythingIsExact() throws {
    let found = CostCurveResamples(subjects(0, units: 4), resamples: resamples(4))
    #expect(found.commonRange == 10...40)
    #expect(isClose(try #require(found.difference(0, 1)).value, 0.02))
    let crossing = try #require(found.crossings(0, 1).first)
    // Gaps .02 at 20 and −.06 at 40: a quarter of the doubling.
    #expect(isClose(crossing.cost, 20 * PortableMath.pow(2, 0.25), 1e-6) && crossing.share == 1)
    #expect(!crossing.firstLeadsBeyond && found.crossings(1, 0).first?.firstLeadsBeyond == true)
    let interval = try #require(crossing.interval)
    #expect(isClose(interval.lowerBound, crossing.cost) && isClose(interval.upperBound, crossing.cost))
    #expect(isClose(found.costToReach(0.65, 1).value, 20 * 2.0.squareRoot(), 1e-6))
    let never = found.costToReach(0.8, 1)
    #expect(never.value == nil && never.interval == nil && never.share == 0)
  }

  /// Where some resamples never reach the target, what those cost that do is no interval of its cost.
  @Test func aCostThatSomeResamplesNeverReachHasNoEndAbove() throws {
    let noisy = CostCurveResamples(subjects(0.05, units: 6), resamples: resamples(6))
    let target = try #require(noisy.curves[1].points.last?.utility)
    let found = noisy.costToReach(target, 1)
    let interval = try #require(found.interval)
    #expect(found.share > 0.2 && found.share < 0.9 && interval.upperBound == .infinity)
    #expect(interval.contains(try #require(found.value)))
  }

  @Test func intervalsHoldTheTruthAndNarrowWithUnits() throws {
    func interval(_ units: Int) throws -> ClosedRange<Double> {
      let found = CostCurveResamples(subjects(0.02, units: units), resamples: resamples(units))
      return try #require(found.crossings(0, 1).first?.interval)
    }
    let (few, many) = (try interval(8), try interval(200))
    #expect(few.contains(23.784) && many.contains(23.784))
    #expect(many.upperBound - many.lowerBound < (few.upperBound - few.lowerBound) / 2)
  }

  @Test func directionTurnsLeadersAround() throws {
    let found = CostCurveResamples(subjects(0, units: 2), isHigherBetter: false, resamples: resamples(2))
    #expect(try #require(found.crossings(0, 1).first).firstLeadsBeyond)
  }
}

@Suite struct PriceCurveTests {
  private func level(_ utility: Double, _ spending: [Double]) -> PriceSensitivity.Level {
    PriceSensitivity.Level(utility: utility, spending: spending)
  }

  @Test func subsetsAreChargedAgainAndReadAtTheSameBudget() throws {
    // Both curves gain .1 a doubling. The first pays half for scoring: at twice the price its curve moves by log2(1.5).
    let subjects = [
      [level(0.7, [12.5, 12.5]), level(0.8, [25, 25]), level(0.9, [50, 50])],
      [level(0.65, [25, 0]), level(0.75, [50, 0]), level(0.85, [100, 0])],
    ]
    let found = PriceSensitivity(subjects: subjects, budget: 50, seed: 0)
    #expect(found.winner == 0 && isClose(found.values[0], 0.8) && isClose(found.values[1], 0.75))
    let score = try #require(found.breakEvens.first { $0.item == 1 })
    // .1 · log2((1 + r)/2) = .05 at r = 2√2 − 1.
    #expect(isClose(score.ratio, 2 * 2.0.squareRoot() - 1, 1e-6) && score.successor == 1)
    // The other price is all that the second pays: cheaper helps it more, at r where log2(2/(1 + 1/r)) = .5.
    let acquire = try #require(found.breakEvens.first { $0.item == 0 })
    #expect(acquire.ratio < 1 && acquire.successor == 1)
    #expect(isClose(acquire.ratio, 1 / (2 * 2.0.squareRoot() - 1), 1e-6))
  }

  @Test func permutingSubjectsPermutesTheResult() {
    let subjects = [
      [level(0.7, [10, 15]), level(0.8, [20, 30])], [level(0.72, [20, 5]), level(0.78, [40, 10])],
      [level(0.6, [25, 0]), level(0.85, [50, 0])],
    ]
    let found = PriceSensitivity(subjects: subjects, budget: 40, seed: 2)
    let turned = PriceSensitivity(subjects: subjects.reversed(), budget: 40, seed: 2)
    #expect(turned.winner == 2 - found.winner && turned.firstPlace == found.firstPlace.reversed())
    #expect(turned.concordance == found.concordance)
  }
}
