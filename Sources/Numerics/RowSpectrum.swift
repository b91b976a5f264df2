import COpenBLAS

/// The directions in which the rows of a matrix vary: XᵀX / rows = Σ λⱼ vⱼ vⱼᵀ, in double precision by LAPACK.
///
/// Where there are fewer rows than columns, the smaller product XXᵀ is decomposed, and directions in which no row lies are
/// left out.
package struct RowSpectrum: Sendable {
  /// The λⱼ, ascending, none negative.
  package let values: [Double]
  /// Row j is the unit vector vⱼ.
  package let directions: Matrix

  /// Of eigenvalues in the shadow of the largest, rounding is all that is left.
  private static let negligible = 1e-12

  /// Decomposes the rows of `blocks`, of which there is at least one and which are equally wide. Throws a
  /// ``LinearAlgebraError``. `proceed` is called before each block; the decomposition itself, of the order of the third power of
  /// the smaller side, cannot be interrupted.
  package init(of blocks: [Matrix], proceed: (Int, Int) throws -> Void = { _, _ in }) throws {
    let (rows, columns) = (blocks.reduce(0) { $0 + $1.rows }, blocks[0].columns)
    guard rows > 0, columns > 0 else { throw LinearAlgebraError.notFinite }
    let wide = rows < columns
    let size = wide ? rows : columns
    var gram = [Double](repeating: 0, count: size * size)
    BLAS.prepare()
    for (index, block) in (wide ? [Matrix(joining: blocks)] : blocks).enumerated() {
      try proceed(index, blocks.count)
      guard !BLAS.isPortable else {
        PortableEngine.addGram(block, wide: wide, scale: 1 / Double(rows), to: &gram)
        continue
      }
      let values = block.values.map { Double($0) }
      cblas_dsyrk(
        CblasRowMajor, CblasLower, wide ? CblasNoTrans : CblasTrans, Int32(size), Int32(wide ? columns : block.rows),
        1 / Double(rows), values, Int32(columns), 1, &gram, Int32(size))
    }
    guard gram.allSatisfy(\.isFinite) else { throw LinearAlgebraError.notFinite }
    let eigenvalues = try Self.decompose(&gram, size: size)
    let kept = Self.kept(eigenvalues, all: !wide)
    values = eigenvalues[kept].map { max($0, 0) }
    let vectors = gram[(kept.lowerBound * size)...].map { Float($0) }
    let own = Matrix(rows: kept.count, columns: size, values: vectors)
    directions = wide ? own.largeProduct(by: Matrix(joining: blocks)).withUnitRows() : own
  }

  private static func kept(_ eigenvalues: [Double], all: Bool) -> Range<Int> {
    let least = max(eigenvalues.last ?? 0, 0) * negligible
    let first = all ? 0 : eigenvalues.firstIndex { $0 > least } ?? eigenvalues.count - 1
    return first..<eigenvalues.count
  }

  /// Replaces `a`, of which the lower triangle counts, by its eigenvectors, one a row, and returns the eigenvalues, ascending.
  private static func decompose(_ a: inout [Double], size: Int) throws -> [Double] {
    guard !BLAS.isPortable else {
      guard let values = PortableEngine.eigen(&a, size: size) else { throw LinearAlgebraError.noConvergence(size) }
      return values
    }
    var values = [Double](repeating: 0, count: size)
    var n = Int32(size)
    var (lda, status) = (n, Int32(0))
    var (workSize, integerWorkSize) = (Int32(1 + 6 * size + 2 * size * size), Int32(3 + 5 * size))
    var work = [Double](repeating: 0, count: Int(workSize))
    var integerWork = [Int32](repeating: 0, count: Int(integerWorkSize))
    dsyevd_("V", "U", &n, &a, &lda, &values, &work, &workSize, &integerWork, &integerWorkSize, &status)
    precondition(status >= 0, "dsyevd refused argument \(-status)")
    guard status == 0 else { throw LinearAlgebraError.noConvergence(size) }
    return values
  }
}

extension Matrix {
  /// The rows of `blocks`, which are equally wide, one block after the other; there is at least one.
  package init(joining blocks: [Matrix]) {
    self.init(
      rows: blocks.reduce(0) { $0 + $1.rows }, columns: blocks[0].columns, values: blocks.flatMap(\.values))
  }
}
