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

extension Matrix {
  /// Adds leftᵀ · right, of matrices with equally many rows. Terms are summed 128 at a time, so that the rows may come in parts,
  /// each but the last a multiple of 128: the result is then that of ``multiplied(transposed:by:transposedOther:)`` of all at
  /// once, to the last bit.
  package mutating func addProduct(transposed left: Matrix, by right: Matrix) {
    precondition(left.rows == right.rows && rows == left.columns && columns == right.columns, "shapes do not fit")
    winnow_add_product(left.values, right.values, &values, rows, columns, left.rows)
  }
}

extension Matrix {
  /// So many multiply-adds and rows and columns of each kind make a product large.
  static let largeProduct = (terms: 1 << 24, side: 64)

  /// op(self) · op(other), as ``multiplied(transposed:by:transposedOther:)``, for products that nobody compares across CPUs: a
  /// large one, of at least 2²⁴ terms and no side below 64, goes to OpenBLAS, any other to our own kernels. The shape alone
  /// decides, so that equal pins of OpenBLAS's kernel give equal bytes.
  package func largeProduct(
    transposed transposeSelf: Bool = false, by other: Matrix, transposedOther transposeOther: Bool = false
  ) -> Matrix {
    let (m, k) = transposeSelf ? (columns, rows) : (rows, columns)
    let n = transposeOther ? other.rows : other.columns
    guard min(m, n, k) >= Self.largeProduct.side, m * n * k >= Self.largeProduct.terms else {
      return multiplied(transposed: transposeSelf, by: other, transposedOther: transposeOther)
    }
    var product = Matrix(rows: m, columns: n)
    BLAS.multiply(self, transposed: transposeSelf, by: other, transposedOther: transposeOther, into: &product)
    return product
  }
}
