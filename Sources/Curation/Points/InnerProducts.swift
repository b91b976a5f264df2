import Numerics

extension Matrix {
  /// The inner product of each row with each row of `other`, which is as wide; the same bits on every CPU.
  func innerProducts(with other: Matrix) -> Matrix {
    precondition(columns == other.columns, "\(columns) against \(other.columns) columns")
    var products = Matrix(rows: rows, columns: other.rows)
    LinearKernels.forward(values, rows: rows, weights: other, into: &products.values)
    return products
  }

  /// Rows scaled to length 1, however long they are; rows of length 0 stay.
  var directions: Matrix {
    var directions = self
    for (row, square) in Kernels.rowSquaredNorms(self).enumerated() {
      guard (0x1p-80...0x1p80).contains(square) else {
        directions.normaliseFarFromOne(row)
        continue
      }
      let scale = 1 / square.squareRoot()
      for position in row * columns..<(row + 1) * columns { directions.values[position] *= scale }
    }
    return directions
  }

  /// Scales a row whose square single precision does not hold, or not well.
  private mutating func normaliseFarFromOne(_ row: Int) {
    let positions = row * columns..<(row + 1) * columns
    let square = positions.reduce(0.0) { $0 + Double(values[$1]) * Double(values[$1]) }
    guard square > 0 else { return }
    let length = square.squareRoot()
    for position in positions { values[position] = Float(Double(values[position]) / length) }
  }

  /// A copy of one column.
  func column(_ index: Int) -> [Float] {
    var copy = [Float](repeating: 0, count: rows)
    for row in copy.indices { copy[row] = values[row * columns + index] }
    return copy
  }
}
