package import Core
package import Numerics

/// How much likelier points are under a target's distribution than under their own: the odds of a logistic regression
/// that tells the two apart (Sugiyama, Suzuki & Kanamori, Density Ratio Estimation in Machine Learning, 2012).
package struct DensityRatio: Sendable {
  /// ln(target density / own density) of each point.
  package let logRatios: [Double]
  /// The length of the objective's gradient where the fit ended.
  package let gradientNorm: Double

  private static let steps = 150

  /// Fits the regression on standardised features, both samples with the same total weight; its objective is the mean
  /// logistic loss + `ridge`/2 · ‖w‖², minimised by accelerated gradient descent (Nesterov 1983).
  ///
  /// - Parameters:
  ///   - points: one row a point.
  ///   - target: as wide, at least one row.
  ///   - ridge: positive; the larger, the closer all ratios are to 1.
  /// - Throws: `CancellationError` once nobody wants the result.
  package init(
    of points: Matrix, to target: Matrix, ridge: Double, context: TaskContext = .unobserved
  ) throws {
    let inputs = Self.standardised(points, target)
    let signs = (0..<inputs.rows).map { Float($0 < points.rows ? -1 : 1) }
    let weights = (0..<inputs.rows).map { 0.5 / Double($0 < points.rows ? points.rows : target.rows) }
    let problem = Problem(inputs: inputs, signs: signs, weights: weights, ridge: ridge)
    // The loss curves at most a quarter as much as the inputs' second moment.
    let rate = Float(1 / (problem.largestMoment() / 4 + ridge))
    var (solution, before) = (Matrix(rows: 1, columns: inputs.columns), Matrix(rows: 1, columns: inputs.columns))
    var gradient = solution
    for step in 0..<Self.steps {
      try context.proceed(step, of: Self.steps)
      let momentum = Float(step) / Float(step + 3)
      var ahead = solution
      for index in ahead.values.indices {
        ahead.values[index] += momentum * (solution.values[index] - before.values[index])
      }
      gradient = problem.gradient(at: ahead)
      before = solution
      for index in solution.values.indices {
        solution.values[index] = ahead.values[index] - rate * gradient.values[index]
      }
    }
    gradientNorm = Double(Kernels.squaredNorm(problem.gradient(at: solution).values)).squareRoot()
    logRatios = inputs.rows(0..<points.rows).innerProducts(with: solution).values.map { Double($0) }
  }

  /// Both samples in rows, each column with mean 0 and variance 1 over the two at equal weight, and a column of ones.
  private static func standardised(_ points: Matrix, _ target: Matrix) -> Matrix {
    let means = zip(Mean.of(points), Mean.of(target)).map { ($0 + $1) / 2 }
    let variances = zip(variance(of: points, around: means), variance(of: target, around: means)).map { ($0 + $1) / 2 }
    var result = Matrix(rows: points.rows + target.rows, columns: points.columns + 1)
    for (sample, first) in [(points, 0), (target, points.rows)] {
      for row in 0..<sample.rows {
        for column in 0..<sample.columns where variances[column] > 0 {
          let centred = Double(sample[row, column]) - means[column]
          result[first + row, column] = Float(centred / variances[column].squareRoot())
        }
        result[first + row, sample.columns] = 1
      }
    }
    return result
  }

  private static func variance(of sample: Matrix, around means: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: means.count)
    for row in 0..<sample.rows {
      for column in means.indices {
        let difference = Double(sample[row, column]) - means[column]
        sums[column] += difference * difference
      }
    }
    return sums.map { $0 / Double(sample.rows) }
  }

  /// A weighted logistic regression with a ridge.
  private struct Problem {
    let inputs: Matrix
    let signs: [Float]
    let weights: [Double]
    let ridge: Double

    /// −Σ weight · sign · σ(−sign · w·x) · x + ridge · w.
    func gradient(at solution: Matrix) -> Matrix {
      let logits = inputs.innerProducts(with: solution)
      var pulls = Matrix(rows: inputs.rows, columns: 1)
      for row in 0..<inputs.rows {
        let miss = 1 / (1 + PortableMath.exp(Double(signs[row] * logits.values[row])))
        pulls.values[row] = -signs[row] * Float(weights[row] * miss)
      }
      var gradient = pulls.multiplied(transposed: true, by: inputs)
      for index in gradient.values.indices { gradient.values[index] += Float(ridge) * solution.values[index] }
      return gradient
    }

    /// An upper bound, or nearly, of the largest eigenvalue of Σ weight · x xᵀ, by power iteration.
    func largestMoment() -> Double {
      var vector = Matrix(rows: 1, columns: inputs.columns, values: [Float](repeating: 1, count: inputs.columns))
      var length = 0.0
      for _ in 0..<20 {
        length = Double(Kernels.squaredNorm(vector.values)).squareRoot()
        for index in vector.values.indices { vector.values[index] /= Float(length) }
        var products = inputs.innerProducts(with: vector)
        for row in products.values.indices { products.values[row] *= Float(weights[row]) }
        products = Matrix(rows: inputs.rows, columns: 1, values: products.values)
        vector = products.multiplied(transposed: true, by: inputs)
      }
      return Double(Kernels.squaredNorm(vector.values)).squareRoot() * 1.1
    }
  }
}
