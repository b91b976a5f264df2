import Core
import Curation
import Numerics
import Sweeps
import Testing

/// Which end of a score a strategy keeps, told from probabilities that are given.
@Suite struct DirectionTests {
  /// Row 0 is sure and right, row 1 undecided between two classes, row 2 sure and wrong, row 3 knows nothing.
  private let probabilities = Matrix(
    rows: 4, columns: 3,
    values: [0.98, 0.01, 0.01, 0.5, 0.49, 0.01, 0.01, 0.98, 0.01, 0.35, 0.33, 0.32])
  private let labels = [0, 0, 0, 0]

  @Test(
    arguments: [
      ("least-confidence", [:], 3), ("entropy", [:], 3), ("margin", [:], 1), ("el2n", [:], 2),
      ("el2n", ["order": "smallest"], 0), ("grand", [:], 2),
    ] as [(String, [String: JSONValue], Int)]) func theFirstPickIs(name: String, options: [String: JSONValue], row: Int)
    throws
  {
    // Equal features leave the probabilities alone to decide.
    let features = Matrix(rows: 4, columns: 1, values: [1, 1, 1, 1])
    let selection = try ArraySelection(features: features, labels: labels, probabilities: probabilities)
    let picks = try selection.select(StrategyChoice(name: name, options: options), count: 1)
    #expect(picks.indices == [row])
  }

  @Test func mixesSayWhereTheyBelong() {
    let error = #expect(throws: ConfigurationError.self) { try StrategyRegistry.resolve(StrategyChoice(name: "mix")) }
    #expect(error?.problem.contains("splits money between shifts") == true)
  }
}
