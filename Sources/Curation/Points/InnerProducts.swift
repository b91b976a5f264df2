import Numerics

extension RowReading {
  /// The inner product of each row with each row of `other`, which is as wide: the same bits in one piece or in many.
  func innerProducts(with other: Matrix) -> Matrix {
    var products: [Float] = []
    products.reserveCapacity(rows * other.rows)
    forEachBlock { products += $1.innerProducts(with: other).values }
    return Matrix(rows: rows, columns: other.rows, values: products)
  }
}

extension Matrix {
  /// The inner product of each row with each row of `other`, which is as wide; the same bits on every CPU.
  func innerProducts(with other: Matrix) -> Matrix {
    precondition(columns == other.columns, "\(columns) against \(other.columns) columns")
    var products = Matrix(rows: rows, columns: other.rows)
    LinearKernels.forward(values, rows: rows, weights: other, into: &products.values)
    return products
  }

  /// A copy of one column.
  func column(_ index: Int) -> [Float] {
    var copy = [Float](repeating: 0, count: rows)
    for row in copy.indices { copy[row] = values[row * columns + index] }
    return copy
  }
}
