import COpenBLAS

/// Calls into OpenBLAS. Everything here runs on the calling thread unless ``threads`` was raised.
package enum BLAS {
  /// The kernel that OpenBLAS chose for this process, for example `Cooperlake` or `Haswell`.
  package static var core: String { String(cString: openblas_get_corename()) }

  /// How many threads OpenBLAS itself may use; 1 unless set.
  package static func setThreads(_ count: Int) { openblas_set_num_threads(Int32(count)) }

  /// C ← alpha · op(A) · op(B) + beta · C, row-major; op transposes where asked. Shapes that do not fit trap.
  package static func multiply(
    _ a: Matrix, transposed transposeA: Bool = false, by b: Matrix, transposed transposeB: Bool = false,
    into c: inout Matrix, alpha: Float = 1, beta: Float = 0
  ) {
    let (m, k) = transposeA ? (a.columns, a.rows) : (a.rows, a.columns)
    let (k2, n) = transposeB ? (b.columns, b.rows) : (b.rows, b.columns)
    precondition(k == k2 && c.rows == m && c.columns == n, "shapes do not fit: \(m)×\(k) · \(k2)×\(n) into \(c.rows)×\(c.columns)")
    guard m > 0, n > 0 else { return }
    cblas_sgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans, Int32(m), Int32(n),
      Int32(k), alpha, a.values, Int32(a.columns), b.values, Int32(b.columns), beta, &c.values, Int32(n))
  }
}

extension Matrix {
  /// op(self) · op(other).
  package func multiplied(
    transposed transposeSelf: Bool = false, by other: Matrix, transposed transposeOther: Bool = false
  ) -> Matrix {
    var product = Matrix(
      rows: transposeSelf ? columns : rows, columns: transposeOther ? other.rows : other.columns)
    BLAS.multiply(self, transposed: transposeSelf, by: other, transposed: transposeOther, into: &product)
    return product
  }
}
