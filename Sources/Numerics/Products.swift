import CKernels

extension Matrix {
  /// op(self) · op(other), where op transposes if asked. Shapes that do not fit trap.
  ///
  /// Our own kernels: about as fast as OpenBLAS at its best, whatever kernel OpenBLAS is pinned to, and with the same bits
  /// on every CPU.
  package func multiplied(
    transposed transposeSelf: Bool = false, by other: Matrix, transposedOther transposeOther: Bool = false
  ) -> Matrix {
    let (m, k) = transposeSelf ? (columns, rows) : (rows, columns)
    let (k2, n) = transposeOther ? (other.columns, other.rows) : (other.rows, other.columns)
    precondition(k == k2, "shapes do not fit: \(m)×\(k) · \(k2)×\(n)")
    let product = [Float](unsafeUninitializedCapacity: m * n) { product, count in
      if let base = product.baseAddress {
        winnow_multiply(values, transposeSelf ? 1 : 0, other.values, transposeOther ? 1 : 0, base, m, n, k)
      }
      count = m * n
    }
    return Matrix(rows: m, columns: n, values: product)
  }
}
