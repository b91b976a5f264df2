import Core
package import Numerics

/// ½ (KL(p ‖ q) + KL(q ‖ p)) = ½ Σ (p − q)(ln p − ln q) between rows of class probabilities; probabilities below 1e-7 count
/// as that, so that no divergence is infinite.
package struct Divergence: Sendable {
  /// [p, ln p] and [ln p, p] of each row: the inner product of one with the other is p·ln q + q·ln p.
  private let left: Matrix
  private let right: Matrix
  /// p·ln p of each row.
  private let ownProducts: [Float]

  /// - Parameter probabilities: one row each, not negative.
  package init(_ probabilities: Matrix) {
    let (rows, classes) = (probabilities.rows, probabilities.columns)
    var (left, right) = (Matrix(rows: rows, columns: 2 * classes), Matrix(rows: rows, columns: 2 * classes))
    var ownProducts = [Float](repeating: 0, count: rows)
    for row in 0..<rows {
      for column in 0..<classes {
        let value = max(probabilities[row, column], 1e-7)
        let logarithm = Float(PortableMath.log(Double(value)))
        (left[row, column], left[row, classes + column]) = (value, logarithm)
        (right[row, column], right[row, classes + column]) = (logarithm, value)
        ownProducts[row] += value * logarithm
      }
    }
    (self.left, self.right, self.ownProducts) = (left, right, ownProducts)
  }

  /// The divergence of every row from row `index`.
  package func distances(from index: Int) -> [Float] {
    let products = left.innerProducts(with: right.rows(index..<index + 1)).values
    return products.indices.map { max(ownProducts[$0] + ownProducts[index] - products[$0], 0) / 2 }
  }

  /// The mean divergence of row `index` from each of `others`.
  package func mean(of index: Int, from others: [Int]) -> Double {
    var sum = 0.0
    for other in others {
      var product: Float = 0
      for column in 0..<left.columns { product += left[index, column] * right[other, column] }
      sum += Double(max(ownProducts[index] + ownProducts[other] - product, 0) / 2)
    }
    return sum / Double(max(others.count, 1))
  }
}
