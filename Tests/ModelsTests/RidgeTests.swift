import Core
import Models
import Numerics
import Samples
import Testing

@Suite struct RidgeTests {
  private let family = RidgeFamily()

  /// Ridge regression on the rows at `kept` with a free intercept, by Gaussian elimination: an output's coefficients, the
  /// intercept last.
  private func regression(_ kept: [Int], label: Int, penalty: Double, count: Double) -> [Double] {
    var system = [[Double]](repeating: [Double](repeating: 0, count: 7), count: 6)
    for row in kept {
      let values = SmallProblem.standardised[row] + [1]
      let target = SmallProblem.labels[row] == Int32(label) ? 1.0 : 0
      for i in 0..<6 {
        for j in 0..<6 { system[i][j] += values[i] * values[j] }
        system[i][6] += values[i] * target
      }
    }
    for i in 0..<5 { system[i][i] += count * penalty }
    for pivot in 0..<6 {
      for other in 0..<6 where other != pivot {
        let factor = system[other][pivot] / system[pivot][pivot]
        for column in pivot..<7 { system[other][column] -= factor * system[pivot][column] }
      }
    }
    return (0..<6).map { system[$0][6] / system[$0][$0] }
  }

  private func prediction(_ coefficients: [Double], _ row: Int) -> Double {
    zip(coefficients, SmallProblem.standardised[row] + [1]).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The mean squared distance of targets and predictions, each row left out in turn.
  private func leaveOneOut(_ penalty: Double) -> Double {
    var sum = 0.0
    for row in 0..<60 {
      let others = (0..<60).filter { $0 != row }
      for label in 0..<3 {
        let target = SmallProblem.labels[row] == Int32(label) ? 1.0 : 0
        let error = target - prediction(regression(others, label: label, penalty: penalty, count: 60), row)
        sum += error * error
      }
    }
    return sum / 60
  }

  @Test func thePenaltyIsTheOneThatLeavingOutEachRowInTurnChooses() throws {
    let penalties = [0.001, 0.01, 0.03, 0.1, 0.3, 1]
    let errors = penalties.map(leaveOneOut)
    let best = penalties[errors.indices.min { errors[$0] < errors[$1] }!]
    #expect(best == 0.1)
    let chosen = try SmallProblem.network(family, ["lambda": .array(penalties.map { .number($0) })])
    #expect(try chosen == SmallProblem.network(family, ["lambda": .number(best)]))
    #expect(try chosen != SmallProblem.network(family, ["lambda": 0.3]))
  }

  /// The figures of `A = c_[ones(60), Z]; H = A @ solve(A.T @ A + diag([0] + [60 * λ] * 5), A.T)`.
  @Test(arguments: [
    (0.001, 0.3852344671120456), (0.01, 0.3846066386457649), (0.1, 0.3808805486299235), (1, 0.41131837830076806),
  ])
  func leaveOneOutWithoutLeavingAnythingOut(penalty: Double, error: Double) {
    #expect(abs(leaveOneOut(penalty) - error) < 1e-6)
  }

  @Test(arguments: [0.01, 0.1, 1]) func scoresAreThoseOfTheRegressionTimesOneFactor(penalty: Double) throws {
    let logits = try SmallProblem.network(family, ["lambda": .number(penalty)]).logits(of: SmallProblem.set.inputs)
    let scores = (0..<3).map { label in
      let coefficients = regression(Array(0..<60), label: label, penalty: penalty, count: 60)
      return (0..<60).map { prediction(coefficients, $0) }
    }
    let factor = Double(logits[0, 0]) / scores[0][0]
    #expect(factor > 1)
    for row in 0..<60 {
      for label in 0..<3 { #expect(abs(Double(logits[row, label]) - factor * scores[label][row]) < 1e-4 * factor) }
    }
  }

  @Test func aWiderMatrixThanThereAreRowsIsSolvedByItsSmallerProduct() throws {
    // Ten rows whose eleven further columns repeat the first: a third of the penalty each, but one solution.
    let few = SmallProblem.rows.selecting(rows: Array(0..<12))
    let wide = Matrix(rows: 12, columns: 15, values: (0..<12).flatMap { few.row($0) + few.row($0) + few.row($0) })
    let labels = Array(SmallProblem.labels[..<12])
    let narrow = TrainingSet(.vectors(few), labels: labels, normalisation: nil)
    let repeated = TrainingSet(.vectors(wide), labels: labels, normalisation: nil)
    let expected = try SmallProblem.network(family, ["lambda": 0.1], on: narrow).logits(of: .vectors(few))
    let found = try SmallProblem.network(family, ["lambda": 0.3], on: repeated).logits(of: .vectors(wide))
    #expect(zip(expected.values, found.values).allSatisfy { abs($0 - $1) < 1e-3 })
  }

  @Test func equalSetsGiveEqualBytesWhateverTheListingAndTheSeed() throws {
    let order = Array(0..<60)
    let network = try SmallProblem.network(family, on: SmallProblem.listed(order))
    #expect(
      try SmallProblem.network(family, on: SmallProblem.listed(order.reversed()), seed: 7).bytes == network.bytes)
    #expect(try network.family == "ridge" && Network(bytes: network.bytes) == network)
  }

  @Test func oneClassAloneIsPredictedForEverything() throws {
    let set = TrainingSet(
      .vectors(SmallProblem.rows), labels: [Int32](repeating: 1, count: 60), normalisation: nil)
    #expect(try SmallProblem.network(family, on: set).predictions(of: set.inputs).allSatisfy { $0 == 1 })
  }

  @Test func stopsWhenNobodyWantsIt() {
    let listener = Listener(wantedCalls: 3)
    #expect(throws: CancellationError.self) { try SmallProblem.network(family, context: listener.context) }
    #expect(listener.asked == 4)
  }

  @Test(
    arguments: [
      (["lambda": 0], "numbers above 0 to 1000000 are needed, not 0"),
      (["lambda": [1, "x"]], "numbers above 0 to 1000000 are needed, not \"x\""),
      (["lambda": []], "1 to 100 numbers to choose from are needed, not 0"),
    ] as [([String: JSONValue], String)])
  func wrongOptionsAreRefusedByName(options: [String: JSONValue], problem: String) {
    #expect(throws: ConfigurationError(place: "model.lambda", problem: problem)) {
      try family.model(options: options, place: "model")
    }
  }

  @Test func theOrderOfPenaltiesDoesNotMatterAndWidthsHaveALimit() throws {
    let model = try family.model(options: ["lambda": [3, 1, 3]], place: "model")
    #expect(model.options == ["lambda": [1.0, 3.0]])
    #expect(family.takes(.vector(width: 4_096)) && !family.takes(.vector(width: 4_097)))
  }
}
