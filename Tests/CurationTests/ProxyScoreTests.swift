import Core
import Curation
import Datasets
import Economics
import Numerics
import Sweeps
import Testing

/// Scores of proxies against their definitions.
@Suite struct ProxyScoreTests {
  /// Class probabilities of two classes whose first is `first`.
  private static func epoch(_ first: [Float]) -> Matrix {
    Matrix(rows: first.count, columns: 2, values: first.flatMap { [$0, 1 - $0] })
  }

  @Test func forgettingCountsFallsFromRightToWrong() {
    var history = LearningHistory(labels: [0, 0, 0, 1, 1])
    // By example: right-wrong-right-wrong; always right; never right; wrong-right-right-right; right-wrong-wrong-right.
    for first: [Float] in [
      [0.9, 0.8, 0.1, 0.6, 0.3], [0.2, 0.7, 0.2, 0.4, 0.8], [0.6, 0.9, 0.3, 0.1, 0.9], [0.4, 0.6, 0.4, 0.2, 0.2],
    ] { history.record(Self.epoch(first)) }
    #expect(history.forgetting == [2, 0, .infinity, 0, 1])
    // Two classes: the margin of class 0 is 2p − 1.
    let margins: [Float] = [0.2, 2, -2, 1.4, -0.4]
    #expect(zip(history.marginSums, margins).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test func marginsAreToTheStrongestOtherClass() {
    var history = LearningHistory(labels: [1, 2])
    history.record(Matrix(rows: 2, columns: 3, values: [0.5, 0.3, 0.2, 0.1, 0.2, 0.7]))
    #expect(abs(history.marginSums[0] + 0.2) < 1e-6 && abs(history.marginSums[1] - 0.5) < 1e-6)
  }

  @Test func gradientNormsAreThoseOfTheWrittenOutGradients() {
    let examples = GradientExamples(count: 20)
    let norms = GradientNorm.scores(
      probabilities: examples.probabilities, hidden: examples.hidden, labels: examples.labels)
    for (norm, gradient) in zip(norms, examples.explicit) {
      #expect(abs(Double(norm) - gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()) < 1e-4)
    }
  }

  @Test func uncertaintyFollowsItsDefinitions() {
    let rows = Matrix(rows: 3, columns: 4, values: [0.25, 0.25, 0.25, 0.25, 1, 0, 0, 0, 0.5, 0.5, 0, 0])
    #expect(Uncertainty.largest(rows) == [0.25, 1, 0.5])
    let entropies = Uncertainty.entropies(rows)
    for (entropy, expected) in zip(entropies, [PortableMath.log(4), 0, PortableMath.log(2)]) {
      #expect(abs(entropy - expected) < 1e-12)
    }
  }

  @Test func strategiesOfOneProxyShareItsScoreTask() throws {
    let terms = try SyntheticPools.terms(budget: 10)
    func parameters(_ name: String) throws -> String? {
      try StrategyRegistry.resolve(StrategyChoice(name: name)).scoreParameters(in: terms)?.canonicalText
    }
    for names in [
      ["margin", "entropy", "least-confidence", "craig", "grad-match", "glister"], ["el2n", "grand"],
      ["forgetting", "forgetting-zero", "aum", "ccs"],
    ] { #expect(try Set(names.map(parameters)).count == 1, "\(names)") }
  }

  @Test func rowsOfFeaturesTrainProxiesToo() throws {
    let pool = SyntheticPools.make(count: 200, noise: 0.1)
    let arrays = try ArraySelection(features: pool.features.matrix, labels: pool.observedLabels.map { Int($0) })
    for name in StrategyRegistry.all.filter({ $0.needs.contains(.scores) && !$0.needs.contains(.experts) }).map(\.name)
    {
      let picks = try arrays.select(StrategyChoice(name: name), count: 40, seed: 3)
      #expect(Set(picks.indices).count == picks.indices.count && !picks.indices.isEmpty, "\(name)")
      #expect(try arrays.select(StrategyChoice(name: name), count: 40, seed: 3) == picks, "\(name)")
      #expect(try arrays.select(StrategyChoice(name: name), count: 40, seed: 4) != picks, "\(name)")
    }
  }

  @Test func relabellingCorrectsTheMostSuspiciousAndPaysForEachLook() throws {
    let clean = SyntheticPools.make(count: 300, noise: 0.2)
    let truth = clean.trueLabels.enumerated().map { $0.offset.isMultiple(of: 9) ? -1 : $0.element }
    let pool = clean.with(trueLabels: truth)
    let strategy = try StrategyRegistry.resolve(StrategyChoice(name: "relabel", options: ["experts": 0.3]))
    let terms = try Terms(
      shift: "retrieval-image", supply: SyntheticPools.supply(of: "retrieval-image"), budget: Money(100),
      prices: .illustrative, crowdVotes: 1, sizing: .equalCost, seed: 0,
      rivals: [], further: [.labelExpert])
    let scores = try Curator.score(parameters: strategy.scoreParameters(in: terms)!, pool: pool)
    let purchase = try Curator.choose(strategy, terms: terms, pool: pool, target: nil, scores: scores)
    let asked = purchase.ledger.entries.first { $0.item == .labelExpert }
    #expect(asked?.quantity == 90 && asked?.unitPrice == Money(0.036))
    func isWrong(_ label: Int32, _ position: Int) -> Bool { label != pool.trueLabels[position] }
    let corrected = zip(purchase.labels, purchase.subset).filter { $0 != pool.observedLabels[$1] }
    #expect(corrected.count > 20 && corrected.allSatisfy { !isWrong($0, $1) })
    #expect(purchase.subset.count < 300)
    let before = pool.observedLabels.indices.count { isWrong(pool.observedLabels[$0], $0) }
    #expect(zip(purchase.labels, purchase.subset).count { isWrong($0, $1) } * 2 < before)
  }
}

/// Examples with made-up probabilities and hidden activations, and their gradients written out in double precision.
struct GradientExamples {
  let probabilities: Matrix
  let hidden: Matrix
  let labels: [Int32]
  var gradients: LastLayerGradients {
    LastLayerGradients(probabilities: probabilities, hidden: hidden, labels: labels)
  }

  init(count: Int, classes: Int = 3, width: Int = 4, seed: UInt64 = 1) {
    var generator = SeededGenerator(seed: seed, purpose: "gradients")
    let values = (0..<count).flatMap { _ in
      generator.dirichlet([Double](repeating: 1, count: classes)).map { Float($0) }
    }
    probabilities = Matrix(rows: count, columns: classes, values: values)
    hidden = Matrix(
      rows: count, columns: width, values: (0..<count * width).map { _ in Float(max(generator.normal(), 0)) })
    labels = (0..<count).map { _ in Int32(generator.integer(below: classes)) }
  }

  /// r ⊗ (h, 1) of each example.
  var explicit: [[Double]] {
    labels.indices.map { row in
      (0..<probabilities.columns).flatMap { column in
        let residual = Double(probabilities[row, column]) - (Int(labels[row]) == column ? 1 : 0)
        return (hidden.row(row).map { Double($0) } + [1]).map { residual * $0 }
      }
    }
  }
}
