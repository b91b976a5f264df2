import Core
import Curation
import Numerics
import Sweeps
import Testing

/// Rows that cost different amounts.
@Suite struct RowCostTests {
  private let points = SyntheticPools.points(30, 3)
  private let costs = (0..<30).map { Double(1 + $0 % 4) }

  private func pick(_ name: String, budget: Double, count: Int = 30, options: [String: JSONValue] = [:]) throws -> [Int]
  {
    let labels = (0..<30).map { $0 % 3 }
    return try ArraySelection(features: points, labels: labels, target: SyntheticPools.points(5, 3, seed: 9)).select(
      StrategyChoice(name: name, options: options), count: count, costs: Costs(values: costs, budget: budget)
    ).indices
  }

  @Test(arguments: [
    "random", "class-balanced", "herding", "k-center", "graph-cut", "facility-location", "target-nearest",
  ])
  func everyStrategyStaysWithinTheBudgetAndLeavesNothingThatFits(name: String) throws {
    for budget in [1.0, 7, 20.5, 1_000] {
      let picks = try pick(name, budget: budget)
      let spent = picks.reduce(0) { $0 + costs[$1] }
      #expect(spent <= budget && Set(picks).count == picks.count)
      let rest = (0..<30).filter { !picks.contains($0) }
      // The single best that replaces a greedy cover may leave money.
      #expect(name == "facility-location" || rest.allSatisfy { costs[$0] > budget - spent }, "\(name) \(budget)")
    }
    #expect(try pick(name, budget: 1_000, count: 4).count == 4)
  }

  @Test func facilityLocationPicksByGainPerCost() throws {
    let rows = Matrix(rows: 3, columns: 1, values: [0, 0.1, 5])
    let selection = try ArraySelection(features: rows)
    let choice = StrategyChoice(name: "facility-location", options: ["similarity": "max-squared-euclidean"])
    func first(_ costs: [Double]) throws -> Int? {
      try selection.select(choice, count: 1, costs: Costs(values: costs, budget: 3)).indices.first
    }
    #expect(try first([1, 1, 1]) == 1)
    #expect(try first([1, 3, 1]) == 0)
  }

  @Test func costsOfAnotherLengthAreNamed() {
    let error = #expect(throws: CurationError.self) {
      try ArraySelection(features: points).select(
        StrategyChoice(name: "random"), count: 1, costs: Costs(values: [1], budget: 1))
    }
    #expect(error?.description == "there are 1 costs for 30 rows of features")
  }
}
