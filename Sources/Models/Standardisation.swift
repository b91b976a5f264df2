package import Numerics

/// How features of unknown scale become inputs that one learning rate fits: (value − mean) / deviation of each column.
package struct Standardisation: Hashable, Sendable {
  private let means: [Double]
  private let scales: [Double]

  /// Measured on `rows`; a column that does not vary becomes 0.
  package init(of rows: Matrix) { self.init(of: [rows]) }

  /// Measured on the rows of all `blocks`, of which there is at least one and which are equally wide.
  init(of blocks: [Matrix]) {
    let columns = blocks[0].columns
    var (sums, squares) = ([Double](repeating: 0, count: columns), [Double](repeating: 0, count: columns))
    func forEachValue(_ body: (Int, Double) -> Void) {
      for block in blocks {
        for row in 0..<block.rows {
          for column in 0..<columns { body(column, Double(block.values[row * columns + column])) }
        }
      }
    }
    let count = Double(max(blocks.reduce(0) { $0 + $1.rows }, 1))
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

  /// What a linear layer on standardised rows (outputs × columns, row after row) is on the rows themselves.
  func unfolded(weights: [Double], bias: [Double]) -> Layer {
    let columns = means.count
    var result = Matrix(rows: bias.count, columns: columns)
    var shifted = bias
    for output in bias.indices {
      for column in 0..<columns {
        let weight = weights[output * columns + column] * scales[column]
        result.values[output * columns + column] = Float(weight)
        shifted[output] -= weight * means[column]
      }
    }
    return .linear(weights: result, bias: shifted.map { Float($0) })
  }
}
