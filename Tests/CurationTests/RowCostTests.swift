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
      StrategyChoice(name: name, options: options), count: count, costs: Costs(amounts: costs, budget: budget)
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
      try selection.select(choice, count: 1, costs: Costs(amounts: costs, budget: 3)).indices.first
    }
    #expect(try first([1, 1, 1]) == 1)
    #expect(try first([1, 3, 1]) == 0)
  }

  @Test func costsOfAnotherLengthAreNamed() {
    let error = #expect(throws: CurationError.self) {
      try ArraySelection(features: points).select(
        StrategyChoice(name: "random"), count: 1, costs: Costs(amounts: [1], budget: 1))
    }
    #expect(error?.description == "there are 1 costs for 30 rows of features")
  }

  private func bought(_ name: String, _ amounts: [Double], budget: Double, count: Int? = nil) throws -> [Int] {
    let rows = SyntheticPools.points(amounts.count, 2)
    return try ArraySelection(features: rows).select(
      StrategyChoice(name: name), count: count ?? amounts.count, costs: Costs(amounts: amounts, budget: budget)
    ).indices.sorted()
  }

  @Test(arguments: ["random", "facility-location", "k-center"]) func sumsOfCostsAreExact(_ name: String) throws {
    #expect(try bought(name, [Double](repeating: 0.1, count: 10), budget: 1).count == 10)
    #expect(try bought(name, [0.1, 0.1, 0.1], budget: 0.3).count == 3)
    #expect(try bought(name, [0.1, 0.1, 0.1], budget: 0.299999).count == 2)
    #expect(try bought(name, [16_777_217, 16_777_217], budget: 33_554_433).count == 1)
    #expect(try bought(name, [16_777_217, 16_777_217], budget: 33_554_434).count == 2)
    #expect(try bought(name, [1e12, 1e12, 1e12], budget: 1e12).count == 1)
  }

  @Test(arguments: ["random", "facility-location", "k-center"]) func whatIsFreeIsBoughtWithWhatTheBudgetAllows(
    _ name: String
  ) throws {
    #expect(try bought(name, [0, 1, 0, 2], budget: 1) == [0, 1, 2])
    #expect(try bought(name, [0, 1, 0, 2], budget: 0) == [0, 2])
    #expect(try bought(name, [0, 0, 0], budget: 0) == [0, 1, 2])
  }

  @Test func facilityLocationTakesWhatIsFreeFirstTheMostUsefulBeforeOthers() throws {
    // Similarities are 100 − d²: row 2 covers most, row 4 costs nothing but is a copy of row 2.
    let rows = Matrix(rows: 5, columns: 1, values: [0, 10, 5, 4, 5])
    let choice = StrategyChoice(name: "facility-location", options: ["similarity": "max-squared-euclidean"])
    func picks(_ amounts: [Double], _ count: Int) throws -> [Int] {
      try ArraySelection(features: rows).select(choice, count: count, costs: Costs(amounts: amounts, budget: 9)).indices
    }
    #expect(try picks([1, 1, 0, 0, 0], 5).first == 2)
    // What adds nothing is no bargain, even for nothing.
    #expect(try picks([1, 1, 0, 1, 0], 2) != [2, 4])
    #expect(try picks([1, 1, 0, 1, 0], 5).last == 4)
  }

  @Test func aSingleOneThatReplacesTheCoverKeepsWhatIsFree() throws {
    let similarities = Matrix(rows: 3, columns: 3, values: [1, 0, 0, 0, 5, 0, 0, 0, 2])
    let costs = try Costs(amounts: [1, 10, 0], budget: 10)
    #expect(try FacilityLocation.select(3, similarities: .kept(similarities), costs: costs).picks == [1, 2])
  }

  @Test(arguments: [-1, .nan, .infinity, 1.1e12, 1e-9]) func costsThatAreNoAmountsAreNamed(amount: Double) throws {
    let error = #expect(throws: CurationError.self) { try Costs(amounts: [1, amount], budget: 1) }
    #expect(error?.description.contains("row 1, counted from 0, costs \(amount)") == true)
    guard amount != 1e-9 else { return }
    #expect(throws: CurationError.self) { try Costs(amounts: [1], budget: amount) }
  }
}
