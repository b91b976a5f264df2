import CKernels

/// How well chosen points cover others, with the same bits on every CPU.
package enum CoverageKernels {
  /// `Σ_c max(similarities[row, c] − covered[c], 0)`: each difference a float, the sum in double precision.
  ///
  /// - Parameter covered: as many values as `similarities` has columns.
  package static func gain(of row: Int, _ similarities: Matrix, covered: [Float]) -> Double {
    precondition((0..<similarities.rows).contains(row) && covered.count == similarities.columns, "no such row")
    return winnow_coverage_gain(similarities.values, row, similarities.columns, covered)
  }

  /// `covered[c] = max(covered[c], similarities[row, c])`.
  package static func cover(with row: Int, _ similarities: Matrix, covered: inout [Float]) {
    precondition((0..<similarities.rows).contains(row) && covered.count == similarities.columns, "no such row")
    winnow_cover(similarities.values, row, similarities.columns, &covered)
  }
}
