import Core
import Curation
import Numerics
import Sweeps
import Testing

@Suite struct FacilityLocationTests {
  @Test(.enabled(if: Digits.areThere)) func picksOfTheDigitsAndTheirGainsAreThePublishedOnes() throws {
    let choice = StrategyChoice(name: "facility-location", options: ["similarity": "max-squared-euclidean"])
    let picks = try ArraySelection(features: Digits.load().points).select(choice, count: 10)
    #expect(picks.indices == [945, 392, 1507, 793, 1417, 1039, 97, 1107, 1075, 867])
    #expect(picks.gains == [7_448_636, 384346, 250615, 224118, 166266, 127456, 122986, 109483, 93463, 67173])
  }

  /// Whole numbers below 9: many ties, and no rounding.
  private static func similarities(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
    KCenterTests.wholePoints(rows, columns, seed: seed)
  }

  private static func value(_ picks: [Int], _ similarities: Matrix) -> Double {
    (0..<similarities.columns).reduce(0) { sum, column in
      sum + Double(picks.map { similarities[$0, column] }.max() ?? 0)
    }
  }

  @Test func lazyPicksAreThoseOfPlainGreedyOverTheDefinitionTiesIncluded() throws {
    for (rows, columns, seed) in [(1, 3, 1), (9, 1, 2), (25, 10, 3), (60, 40, 4)] {
      let similarities = Self.similarities(rows, columns, seed: UInt64(seed))
      let cover = try FacilityLocation.select(rows, similarities: .kept(similarities))
      var picks: [Int] = []
      for (step, gain) in cover.gains.enumerated() {
        let open = (0..<rows).filter { !picks.contains($0) }
        let values = open.map { Self.value(picks + [$0], similarities) }
        #expect(gain == values.max()! - Self.value(picks, similarities))
        picks.append(open[values.firstIndex(of: values.max()!)!])
        #expect(cover.picks[step] == picks[step])
      }
      #expect(cover.picks.count == rows)
    }
  }

  @Test func withCostsPicksByGainPerCostAmongWhatTheBudgetAllows() throws {
    var generator = SeededGenerator(seed: 5, purpose: "costs")
    for seed in 0..<40 {
      let similarities = Self.similarities(12, 6, seed: UInt64(seed))
      let costs = (0..<12).map { _ in Double(1 << generator.integer(below: 4)) }
      let budget = Double(1 + generator.integer(below: 20))
      let cover = try FacilityLocation.select(
        12, similarities: .kept(similarities), costs: Costs(amounts: costs, budget: budget))
      var (picks, spent) = ([Int](), 0.0)
      while true {
        let open = (0..<12).filter { !picks.contains($0) && spent + costs[$0] <= budget }
        guard !open.isEmpty else { break }
        let ratios = open.map {
          (Self.value(picks + [$0], similarities) - Self.value(picks, similarities)) / costs[$0]
        }
        picks.append(open[ratios.firstIndex(of: ratios.max()!)!])
        spent += costs[picks.last!]
      }
      let singles = (0..<12).filter { costs[$0] <= budget }
      let best = singles.max { Self.value([$0], similarities) < Self.value([$1], similarities) }!
      let guarded = Self.value([best], similarities) > Self.value(picks, similarities)
      #expect(cover.picks.count == (guarded ? 1 : picks.count))
      #expect(
        guarded ? Self.value(cover.picks, similarities) == Self.value([best], similarities) : cover.picks == picks)
      #expect(cover.gains.reduce(0, +) == Self.value(cover.picks, similarities))
      #expect(cover.picks.reduce(0) { $0 + costs[$1] } <= budget)
    }
  }

  @Test func aCheapTrifleDoesNotKeepTheBestSingleOut() throws {
    // By ratio the trifle comes first, and then the treasure no longer fits.
    let similarities = Matrix(rows: 2, columns: 2, values: [2, 0, 0, 10])
    let cover = try FacilityLocation.select(
      2, similarities: .kept(similarities), costs: Costs(amounts: [1, 10], budget: 10))
    #expect(cover.picks == [1] && cover.gains == [10])
  }

  /// Beyond 10,240 points nothing is kept: the same function, and the same picks.
  @Test(arguments: [1, 12, 300]) func whatIsNotKeptIsComputedAnewAndGivesTheSamePicks(count: Int) throws {
    let points = SyntheticPools.points(300, 3)
    let largest: Float = 60
    func rows(_ positions: [Int]) -> Matrix {
      let values = positions.flatMap { row in
        (0..<300).map { column in
          largest
            - (0..<3).reduce(0) { $0 + (points[row, $1] - points[column, $1]) * (points[row, $1] - points[column, $1]) }
        }
      }
      return Matrix(rows: positions.count, columns: 300, values: values)
    }
    let kept = try FacilityLocation.select(count, similarities: .kept(rows(Array(0..<300))))
    var asked = 0
    let computed = try FacilityLocation.select(
      count,
      similarities: .computed(count: 300) {
        asked += 1
        return rows($0)
      })
    #expect(computed == kept && asked > 0)
    let costs = try Costs(amounts: (0..<300).map { Double(1 + $0 % 7) }, budget: 40)
    #expect(
      try FacilityLocation.select(count, similarities: .computed(count: 300, rows: rows), costs: costs)
        == FacilityLocation.select(count, similarities: .kept(rows(Array(0..<300))), costs: costs))
  }
}
