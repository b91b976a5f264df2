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
  ///   - keptBytes: how much memory standardised rows may take; where they are more, they are made anew for each step.
  /// - Throws: `CancellationError` once nobody wants the result.
  package init(
    of points: some RowReading, to target: Matrix, ridge: Double, keptBytes: Int = 128 << 20,
    context: TaskContext = .unobserved
  ) throws {
    let inputs = StandardisedRows(points, target, keptBytes: keptBytes)
    let weights = (0..<inputs.rows).map { 0.5 / Double($0 < points.rows ? points.rows : target.rows) }
    let problem = Problem(inputs: inputs, ownRows: points.rows, weights: weights, ridge: ridge)
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
    var logRatios: [Double] = []
    logRatios.reserveCapacity(inputs.rows)
    inputs.forEachBlock { _, block in logRatios += block.innerProducts(with: solution).values.map { Double($0) } }
    logRatios.removeLast(target.rows)
    self.logRatios = logRatios
  }

  /// A weighted logistic regression with a ridge.
  private struct Problem<Points: RowReading> {
    let inputs: StandardisedRows<Points>
    /// The first rows are the points, all others the target.
    let ownRows: Int
    let weights: [Double]
    let ridge: Double

    /// −Σ weight · sign · σ(−sign · w·x) · x + ridge · w.
    func gradient(at solution: Matrix) -> Matrix {
      var gradient = sum(with: solution) { row, logit in
        let sign: Float = row < ownRows ? -1 : 1
        let miss = 1 / (1 + PortableMath.exp(Double(sign * logit)))
        return -sign * Float(weights[row] * miss)
      }
      for index in gradient.values.indices { gradient.values[index] += Float(ridge) * solution.values[index] }
      return gradient
    }

    /// An upper bound, or nearly, of the largest eigenvalue of Σ weight · x xᵀ, by power iteration.
    func largestMoment() -> Double {
      var vector = Matrix(rows: 1, columns: inputs.columns, values: [Float](repeating: 1, count: inputs.columns))
      for _ in 0..<20 {
        let length = Double(Kernels.squaredNorm(vector.values)).squareRoot()
        for index in vector.values.indices { vector.values[index] /= Float(length) }
        vector = sum(with: vector) { row, product in product * Float(weights[row]) }
      }
      return Double(Kernels.squaredNorm(vector.values)).squareRoot() * 1.1
    }

    /// Σ factor(x · vector) · x over all rows x, in one pass.
    private func sum(with vector: Matrix, factor: (_ row: Int, _ product: Float) -> Float) -> Matrix {
      var sum = Matrix(rows: 1, columns: inputs.columns)
      inputs.forEachBlock { first, block in
        var factors = block.innerProducts(with: vector)
        for row in 0..<block.rows { factors.values[row] = factor(first + row, factors.values[row]) }
        sum.addProduct(transposed: factors, by: block)
      }
      return sum
    }
  }
}

/// Points and a target sample in rows, each column with mean 0 and variance 1 over the two at equal weight, and a column of
/// ones. Small ones are kept; of large ones every block is made when it is asked for, with the same bits.
private struct StandardisedRows<Points: RowReading> {
  private let points: Points
  private let target: Matrix
  private let means: [Double]
  /// 0 for a column of one value.
  private let deviations: [Double]
  private var kept: Matrix?

  init(_ points: Points, _ target: Matrix, keptBytes: Int) {
    (self.points, self.target) = (points, target)
    let means = zip(Mean.of(points), Mean.of(target)).map { ($0 + $1) / 2 }
    let variances = zip(Self.variance(of: points, around: means), Self.variance(of: target, around: means))
    self.means = means
    deviations = variances.map { (($0 + $1) / 2).squareRoot() }
    if rows * columns * MemoryLayout<Float>.stride <= keptBytes { kept = block(0..<rows) }
  }

  var rows: Int { points.rows + target.rows }
  var columns: Int { points.columns + 1 }

  /// All rows in their order, in blocks of a multiple of 128 rows but for the last.
  func forEachBlock(_ body: (_ first: Int, _ block: Matrix) -> Void) {
    if let kept { return body(0, kept) }
    let size = RowTable.blockRows(columns: columns)
    for start in stride(from: 0, to: rows, by: size) {
      body(start, block(start..<min(start + size, rows)))
    }
  }

  private func block(_ range: Range<Int>) -> Matrix {
    let own = range.clamped(to: 0..<points.rows)
    let others = range.clamped(to: points.rows..<rows)
    if others.isEmpty { return points.rows(own).standardised(means: means, deviations: deviations) }
    let part = target.rows(others.lowerBound - points.rows..<others.upperBound - points.rows)
    let values = (own.isEmpty ? [] : points.rows(own).values) + part.values
    return Matrix(rows: range.count, columns: points.columns, values: values).standardised(
      means: means, deviations: deviations)
  }

  private static func variance(of sample: some RowReading, around means: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: means.count)
    sample.forEachBlock { _, block in
      for row in 0..<block.rows {
        for column in means.indices {
          let difference = Double(block.values[row * block.columns + column]) - means[column]
          sums[column] += difference * difference
        }
      }
    }
    return sums.map { $0 / Double(sample.rows) }
  }
}
