import Core
import Curation
import Numerics
import Testing

/// Selection by gradients against gradients that are written out.
@Suite struct GradientSelectionTests {
  private static func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

  private static func mean(_ rows: [[Double]]) -> [Double] {
    rows[0].indices.map { column in rows.reduce(0) { $0 + $1[column] } / Double(rows.count) }
  }

  @Test func gramMatrixNormsAndMeanAreThoseOfTheWrittenOutGradients() {
    let examples = GradientExamples(count: 30, classes: 5, width: 7)
    let (gradients, explicit) = (examples.gradients, examples.explicit)
    let gram = gradients.innerProducts(with: gradients)
    let toMean = gradients.innerProducts(with: gradients.mean)
    let mean = Self.mean(explicit)
    for i in 0..<30 {
      for j in 0..<30 { #expect(abs(Double(gram[i, j]) - Self.dot(explicit[i], explicit[j])) < 1e-4) }
      #expect(abs(Double(gradients.squaredNorms[i]) - Self.dot(explicit[i], explicit[i])) < 1e-4)
      #expect(abs(Double(toMean[i]) - Self.dot(explicit[i], mean)) < 1e-5)
    }
  }

  @Test func nonNegativeWeightsMeetTheirOptimalityConditions() {
    var generator = SeededGenerator(seed: 2, purpose: "columns")
    for _ in 0..<20 {
      let columns = (0..<25).map { _ in (0..<8).map { _ in generator.normal() } }
      let target = (0..<8).map { _ in generator.normal() * 3 }
      var regression = NonNegativeRidge(ridge: 0.5)
      for (count, column) in columns.enumerated() {
        regression.append(inner: columns[...count].map { Self.dot($0, column) }, product: Self.dot(column, target))
        let weights = regression.weights
        for (i, weight) in weights.enumerated() {
          var slope = 0.5 * weight - Self.dot(columns[i], target)
          for (j, other) in weights.enumerated() { slope += Self.dot(columns[i], columns[j]) * other }
          #expect(weight >= 0 && slope > -1e-8 && (weight == 0 || abs(slope) < 1e-8))
        }
      }
      #expect(regression.weights.contains { $0 > 0 } && regression.weights.contains(0))
    }
  }

  @Test func matchingPicksWhatTheResidualAsksForWithTheBestWeights() throws {
    for seed: UInt64 in 1...5 {
      let examples = GradientExamples(count: 12, seed: seed)
      let (gradients, explicit) = (examples.gradients, examples.explicit)
      let target = Self.mean(explicit)
      let match = try GradientMatching.select(6, of: gradients, target: gradients.mean, ridge: 0.1)
      #expect(Set(match.picks).count == 6)
      for count in 0..<6 {
        let picks = Array(match.picks[..<count])
        let weights = Self.exhaustive(picks.map { explicit[$0] }, target: target, ridge: 0.1)
        let residual = target.indices.map { column in
          target[column] - zip(picks, weights).reduce(0) { $0 + $1.1 * explicit[$1.0][column] }
        }
        let scores = explicit.map { Self.dot($0, residual) }
        let best = (0..<12).filter { !picks.contains($0) }.max { scores[$0] < scores[$1] }!
        #expect(scores[match.picks[count]] > scores[best] - 1e-5)
      }
      let weights = Self.exhaustive(match.picks.map { explicit[$0] }, target: target, ridge: 0.1)
      #expect(zip(match.weights, weights).allSatisfy { abs($0 - $1) < 1e-4 })
    }
  }

  /// The best of the least-squares solutions over every set of columns that are not negative.
  private static func exhaustive(_ columns: [[Double]], target: [Double], ridge: Double) -> [Double] {
    var best = (value: Double.infinity, weights: [Double](repeating: 0, count: columns.count))
    for mask in 0..<1 << columns.count {
      let support = columns.indices.filter { mask >> $0 & 1 == 1 }
      let gram = support.map { i in support.map { dot(columns[i], columns[$0]) + (i == $0 ? ridge : 0) } }
      let solution = solve(gram, support.map { dot(columns[$0], target) })
      guard solution.allSatisfy({ $0 >= 0 }) else { continue }
      let left = target.indices.map { row in
        target[row] - zip(support, solution).reduce(0) { $0 + columns[$1.0][row] * $1.1 }
      }
      let value = dot(left, left) + ridge * dot(solution, solution)
      if value < best.value {
        var weights = [Double](repeating: 0, count: columns.count)
        for (column, weight) in zip(support, solution) { weights[column] = weight }
        best = (value, weights)
      }
    }
    return best.weights
  }

  /// Gaussian elimination of a positive definite system.
  private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    var (a, b) = (matrix, right)
    for pivot in b.indices {
      for row in b.indices where row != pivot {
        let factor = a[row][pivot] / a[pivot][pivot]
        for column in b.indices { a[row][column] -= factor * a[pivot][column] }
        b[row] -= factor * b[pivot]
      }
    }
    return b.indices.map { b[$0] / a[$0][$0] }
  }

  @Test func matchingEverythingPicksEverything() throws {
    let gradients = GradientExamples(count: 40).gradients
    #expect(Set(try GradientMatching.select(40, of: gradients, target: gradients.mean).picks).count == 40)
  }

  @Test func descentPicksTheBestStepAtEachMovedLayer() throws {
    let (examples, judges) = (GradientExamples(count: 40, seed: 3), GradientExamples(count: 15, seed: 4))
    let logits = Matrix(rows: 15, columns: 3, values: judges.probabilities.values.map { $0 * 4 })
    let validation = ValidationDescent.Validation(logits: logits, hidden: judges.hidden, labels: judges.labels)
    let (picks, gains) = try ValidationDescent.select(
      20, of: examples.gradients, validation: validation, step: 0.3)
    let explicit = examples.explicit
    var moved = [Double](repeating: 0, count: explicit[0].count)
    for (rank, pick) in picks.enumerated() {
      let gradient = Self.validationGradient(logits, judges, moved: moved)
      let scores = explicit.map { Self.dot($0, gradient) }
      let best = (0..<40).filter { !picks[..<rank].contains($0) }.map { scores[$0] }.max()!
      #expect(scores[pick] > best - 1e-5 && abs(gains[rank] - 0.3 * scores[pick]) < 1e-5)
      for column in moved.indices { moved[column] -= 0.3 * explicit[pick][column] }
    }
    let still = try ValidationDescent.select(
      20, of: examples.gradients, validation: validation, step: 0.3, refreshes: false)
    #expect(still.picks != picks && still.picks[0] == picks[0])
    #expect(zip(still.gains, still.gains.dropFirst()).allSatisfy { $0 >= $1 })
  }

  /// The mean gradient of the judges' losses when the last layer has moved by `moved`.
  private static func validationGradient(_ logits: Matrix, _ judges: GradientExamples, moved: [Double]) -> [Double] {
    let width = judges.hidden.columns + 1
    return mean(
      judges.labels.indices.map { row in
        let input = judges.hidden.row(row).map { Double($0) } + [1]
        let exponentials = (0..<3).map { column in
          PortableMath.exp(
            Double(logits[row, column]) + dot(Array(moved[column * width..<(column + 1) * width]), input))
        }
        let total = exponentials.reduce(0, +)
        return (0..<3).flatMap { column in
          let residual = exponentials[column] / total - (Int(judges.labels[row]) == column ? 1 : 0)
          return input.map { residual * $0 }
        }
      })
  }

  @Test func strataAreFilledLikeWaterFromTheSmallest() {
    #expect(CoverageStrata.quotas(10, sizes: [1, 20, 3]) == [1, 6, 3])
    #expect(CoverageStrata.quotas(7, sizes: [5, 5, 5]) == [2, 2, 3])
    #expect(CoverageStrata.quotas(100, sizes: [1, 20, 0, 3]) == [1, 20, 0, 3])
    var generator = SeededGenerator(seed: 1, purpose: "sizes")
    for _ in 0..<200 {
      let sizes = (0..<1 + generator.integer(below: 9)).map { _ in generator.integer(below: 12) }
      let budget = generator.integer(below: 60)
      let quotas = CoverageStrata.quotas(budget, sizes: sizes)
      #expect(quotas.reduce(0, +) == min(budget, sizes.reduce(0, +)))
      // A stratum that is not emptied has no less than any other, but for what does not divide.
      let level = quotas.max()!
      #expect(zip(quotas, sizes).allSatisfy { $0 == $1 || $0 >= level - 1 })
    }
    #expect(CoverageStrata.strata([0, 1, 0.5, 0.49], count: 2) == [0, 1, 1, 0])
    #expect(CoverageStrata.strata([2, 2], count: 50) == [0, 0])
  }

  @Test func coverageDropsTheHardestAndReachesTheRareStrata() {
    // 10 hopeless, 5 hard, 185 easy.
    let scores = [Float](repeating: -5, count: 10) + [Float](repeating: 0, count: 5) + [Float](repeating: 9, count: 185)
    var generator = SeededGenerator(seed: 1, purpose: "strata")
    let picks = CoverageStrata.select(20, scores: scores, dropped: 10, strata: 50, generator: &generator)
    #expect(Set(picks).count == 20 && picks.allSatisfy { $0 >= 10 })
    #expect(picks.count { $0 < 15 } == 5)
  }
}
