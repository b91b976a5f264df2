/// Ridge regression with weights that are not negative, whose columns come one after the other: the minimum of
/// ½ wᵀ(G + λI)w − cᵀw over w ≥ 0, by the active-set method of Lawson & Hanson (Solving Least Squares Problems, 1974) on
/// the Gram matrix G. Every new column starts from the weights before it.
package struct NonNegativeRidge {
  /// One a column, in the order in which columns came.
  package private(set) var weights: [Double] = []
  private let ridge: Double
  /// The lower triangle of G + λI.
  private var gram: [[Double]] = []
  private var products: [Double] = []
  /// Columns whose weights are free, in the order of their rows in the factor.
  private var free: [Int] = []
  /// The Cholesky factor of the free part of G + λI, a lower triangle.
  private var factor: [[Double]] = []

  /// - Parameter ridge: λ, positive, which keeps the factor sound.
  package init(ridge: Double) {
    precondition(ridge > 0, "a ridge of \(ridge) holds nothing up")
    self.ridge = ridge
  }

  /// Takes one more column and finds the best weights of all.
  ///
  /// - Parameters:
  ///   - inner: its inner products with the columns before it, then with itself.
  ///   - product: its inner product with what is to be matched.
  package mutating func append(inner: [Double], product: Double) {
    precondition(inner.count == weights.count + 1, "one inner product a column, and its own")
    gram.append(inner)
    gram[weights.count][weights.count] += ridge
    products.append(product)
    weights.append(0)
    let tolerance = 1e-12 * (products.map { abs($0) }.max() ?? 0)
    // Each round lowers the objective, so this ends; the bound only guards against rounding.
    for _ in 0..<3 * weights.count {
      guard let column = steepest(above: tolerance) else { return }
      free.append(column)
      extendFactor(from: free.count - 1)
      settle()
    }
  }

  private func entry(_ i: Int, _ j: Int) -> Double { i >= j ? gram[i][j] : gram[j][i] }

  /// The column at 0 along which the objective falls fastest.
  private func steepest(above tolerance: Double) -> Int? {
    let isFree = Set(free)
    var best: (column: Int, slope: Double)?
    for column in weights.indices where !isFree.contains(column) {
      var slope = products[column]
      for other in free { slope -= entry(column, other) * weights[other] }
      if slope > best?.slope ?? tolerance { best = (column, slope) }
    }
    return best?.column
  }

  /// Goes to the best weights of the free columns, or as far as the first that would pass 0, which is then fixed there.
  private mutating func settle() {
    while true {
      let solution = solve()
      guard let worst = solution.min(), worst <= 0 else {
        for (position, column) in free.enumerated() { weights[column] = solution[position] }
        return
      }
      let ratios = free.enumerated().map { position, column in
        solution[position] > 0 ? 1 : weights[column] > 0 ? weights[column] / (weights[column] - solution[position]) : 0
      }
      let share = ratios.min()!
      for (position, column) in free.enumerated() {
        weights[column] =
          ratios[position] > share ? weights[column] + share * (solution[position] - weights[column]) : 0
      }
      let firstDropped = ratios.firstIndex(of: share)!
      free = free.enumerated().filter { ratios[$0.offset] > share }.map(\.element)
      extendFactor(from: firstDropped)
    }
  }

  /// Computes the rows of the factor from `start` on.
  private mutating func extendFactor(from start: Int) {
    factor.removeLast(max(factor.count - start, 0))
    for position in start..<free.count {
      var row: [Double] = []
      row.reserveCapacity(position + 1)
      for other in 0...position {
        var value = entry(free[position], free[other])
        let earlier = other == position ? row : factor[other]
        for k in 0..<other { value -= row[k] * earlier[k] }
        row.append(other == position ? max(value, ridge * 1e-9).squareRoot() : value / earlier[other])
      }
      factor.append(row)
    }
  }

  /// The best weights of the free columns without regard to their signs.
  private func solve() -> [Double] {
    var solution = free.map { products[$0] }
    for row in solution.indices {
      for k in 0..<row { solution[row] -= factor[row][k] * solution[k] }
      solution[row] /= factor[row][row]
    }
    for row in solution.indices.reversed() {
      solution[row] /= factor[row][row]
      for k in 0..<row { solution[k] -= factor[row][k] * solution[row] }
    }
    return solution
  }
}
