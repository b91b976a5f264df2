import COpenBLAS

/// The eigenvalues and eigenvectors of a symmetric matrix: A = Σ λᵢ vᵢ vᵢᵀ.
package struct SymmetricEigen: Hashable, Sendable {
  /// Ascending.
  package let values: [Float]
  /// Row i is the unit eigenvector of `values[i]`, its component of largest magnitude positive.
  package let vectors: Matrix

  /// Decomposes `matrix` (LAPACK's `ssyevd`, divide and conquer, or the portable engine); only its lower triangle is read.
  ///
  /// Traps when the matrix is not square. Throws ``LinearAlgebraError/notFinite`` for infinities and NaN, and
  /// ``LinearAlgebraError/noConvergence(_:)`` in the rare case that the iteration fails.
  package init(of matrix: Matrix) throws {
    precondition(matrix.rows == matrix.columns, "\(matrix.rows) × \(matrix.columns) is not square")
    guard matrix.values.allSatisfy(\.isFinite) else { throw LinearAlgebraError.notFinite }
    BLAS.prepare()
    var (vectors, values) = (matrix.values, [Float](repeating: 0, count: matrix.rows))
    if matrix.rows > 0 { try Self.decompose(&vectors, values: &values, size: matrix.rows) }
    self.values = values
    self.vectors = Self.withPositivePeaks(Matrix(rows: matrix.rows, columns: matrix.rows, values: vectors))
  }

  /// Replaces `a` by its eigenvectors, one a row: LAPACK's columns, because it counts by columns. Its upper triangle is
  /// our lower one.
  private static func decompose(_ a: inout [Float], values: inout [Float], size: Int) throws {
    guard !BLAS.isPortable else {
      var exact = a.map { Double($0) }
      guard let found = PortableEngine.eigen(&exact, size: size) else { throw LinearAlgebraError.noConvergence(size) }
      (a, values) = (exact.map { Float($0) }, found.map { Float($0) })
      return
    }
    var n = Int32(size)
    var (lda, status) = (n, Int32(0))
    var (workSize, integerWorkSize) = (Int32(1 + 6 * size + 2 * size * size), Int32(3 + 5 * size))
    var work = [Float](repeating: 0, count: Int(workSize))
    var integerWork = [Int32](repeating: 0, count: Int(integerWorkSize))
    ssyevd_("V", "U", &n, &a, &lda, &values, &work, &workSize, &integerWork, &integerWorkSize, &status)
    precondition(status >= 0, "ssyevd refused argument \(-status)")
    guard status == 0 else { throw LinearAlgebraError.noConvergence(size) }
  }

  private static func withPositivePeaks(_ vectors: Matrix) -> Matrix {
    var vectors = vectors
    for row in 0..<vectors.rows {
      let range = row * vectors.columns..<(row + 1) * vectors.columns
      let peak = range.max { vectors.values[$0].magnitude < vectors.values[$1].magnitude }
      guard let peak, vectors.values[peak] < 0 else { continue }
      for index in range { vectors.values[index].negate() }
    }
    return vectors
  }
}

/// Why a decomposition has no answer.
package enum LinearAlgebraError: Error, Hashable, CustomStringConvertible {
  case notFinite
  case noConvergence(Int)

  package var description: String {
    switch self {
    case .notFinite: "The matrix holds values that are infinite or not a number; check the data it was made from."
    case .noConvergence(let size): "The eigenvalues of a \(size) × \(size) matrix did not converge."
    }
  }
}
