package import Numerics

/// How features of unknown scale become inputs that one learning rate fits: (value − mean) / deviation of each column.
package struct Standardisation: Hashable, Sendable {
  private let means: [Double]
  private let scales: [Double]

  /// Measured on `rows`; a column that does not vary becomes 0.
  package init(of rows: Matrix) {
    var (sums, squares) = ([Double](repeating: 0, count: rows.columns), [Double](repeating: 0, count: rows.columns))
    func forEachValue(_ body: (Int, Double) -> Void) {
      for row in 0..<rows.rows {
        for column in 0..<rows.columns { body(column, Double(rows.values[row * rows.columns + column])) }
      }
    }
    let count = Double(max(rows.rows, 1))
    forEachValue { sums[$0] += $1 }
    let means = sums.map { $0 / count }
    forEachValue { squares[$0] += ($1 - means[$0]) * ($1 - means[$0]) }
    self.means = means
    // Rounding leaves a constant column a tiny variance, which must not be blown up.
    scales = zip(squares, means).map { square, mean in
      let variance = square / count
      return variance > 1e-12 * max(mean * mean, 1e-12) ? 1 / variance.squareRoot() : 0
    }
  }

  /// `rows`, as wide as those measured, standardised.
  package func applied(to rows: Matrix) -> Matrix {
    precondition(rows.columns == means.count, "\(rows.columns) columns were not measured, but \(means.count)")
    var result = rows
    for row in 0..<rows.rows {
      for column in 0..<rows.columns {
        let position = row * rows.columns + column
        result.values[position] = Float((Double(rows.values[position]) - means[column]) * scales[column])
      }
    }
    return result
  }
}
