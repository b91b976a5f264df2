import Core
package import Numerics

/// How undecided a classifier is about an example (Settles, Active Learning Literature Survey, 2009). Everywhere one row
/// is an example and one column a class.
package enum Uncertainty {
  /// The largest value of each row: the confidence where rows are probabilities.
  package static func largest(_ rows: Matrix) -> [Float] {
    zip(Kernels.rowArgmax(rows), 0..<rows.rows).map { rows[$1, Int($0)] }
  }

  /// −Σ p ln p of each row; from 0 to the logarithm of the number of classes.
  package static func entropies(_ probabilities: Matrix) -> [Double] {
    (0..<probabilities.rows).map { row in
      (0..<probabilities.columns).reduce(0.0) { sum, column in
        let p = Double(probabilities[row, column])
        return p > 0 ? sum - p * PortableMath.log(p) : sum
      }
    }
  }
}
