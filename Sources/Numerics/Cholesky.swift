import COpenBLAS

/// The lower triangular factor of a symmetric positive definite matrix: A = L · Lᵀ.
package struct Cholesky: Hashable, Sendable {
  /// L, zero above the diagonal.
  package let lower: Matrix

  /// Factors `matrix` (LAPACK's `spotrf`); only its lower triangle is read.
  ///
  /// Traps when the matrix is not square. Throws ``LinearAlgebraError/notFinite`` for infinities and NaN, and
  /// ``LinearAlgebraError/notPositiveDefinite(row:)`` when there is no such factor.
  package init(of matrix: Matrix) throws {
    precondition(matrix.rows == matrix.columns, "\(matrix.rows) × \(matrix.columns) is not square")
    guard matrix.values.allSatisfy(\.isFinite) else { throw LinearAlgebraError.notFinite }
    BLAS.prepare()
    var factor = matrix
    var n = Int32(matrix.rows)
    var (lda, status) = (max(n, 1), Int32(0))
    // LAPACK counts by columns: its upper triangle is our lower one.
    spotrf_("U", &n, &factor.values, &lda, &status)
    precondition(status >= 0, "spotrf refused argument \(-status)")
    guard status == 0 else { throw LinearAlgebraError.notPositiveDefinite(row: Int(status) - 1) }
    for row in 0..<matrix.rows {
      for column in row + 1..<max(matrix.rows, row + 1) { factor[row, column] = 0 }
    }
    lower = factor
  }

  /// x with A · x = b.
  package func solving(_ b: [Float]) -> [Float] {
    precondition(b.count == lower.rows, "\(b.count) values for \(lower.rows) unknowns")
    var x = b
    for row in 0..<lower.rows {
      for column in 0..<row { x[row] -= lower[row, column] * x[column] }
      x[row] /= lower[row, row]
    }
    for row in stride(from: lower.rows - 1, through: 0, by: -1) {
      for column in row + 1..<max(lower.rows, row + 1) { x[row] -= lower[column, row] * x[column] }
      x[row] /= lower[row, row]
    }
    return x
  }
}
