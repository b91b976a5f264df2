import CKernels

/// Rows of single-precision numbers that are gone through in their order, some at a time: what is computed row by row needs not
/// all of them in memory, and gives the same bits as with all.
package protocol RowReading: Sendable {
  var rows: Int { get }
  var columns: Int { get }

  /// The given rows, in the given order; a row may appear more than once.
  func selecting(rows indices: [Int]) -> Self
  /// A copy of consecutive rows.
  func rows(_ range: Range<Int>) -> Matrix
  /// Gives `body` all rows in their order: the number of the first, and some from there on.
  func forEachBlock(_ body: (_ first: Int, _ block: Matrix) throws -> Void) rethrows
  /// The rows scaled to length 1: see ``Matrix/withUnitRows()``.
  func withUnitRows() -> Self
  /// All rows in memory.
  var matrix: Matrix { get }
  var table: RowTable { get }
}

extension Matrix: RowReading {
  package func forEachBlock(_ body: (_ first: Int, _ block: Matrix) throws -> Void) rethrows {
    if rows > 0 { try body(0, self) }
  }

  package var matrix: Matrix { self }
  package var table: RowTable { RowTable(self) }
}

extension RowReading {
  /// The squared length of each row.
  package var squaredNorms: [Float] {
    var norms: [Float] = []
    norms.reserveCapacity(rows)
    forEachBlock { norms += Kernels.rowSquaredNorms($1) }
    return norms
  }

  /// A copy of one row.
  package func row(_ index: Int) -> [Float] { rows(index..<index + 1).values }
}

extension Matrix {
  /// (value − mean) / deviation of each column, in double precision until the end; 0 where the deviation is 0. Behind them stands a
  /// column of ones.
  ///
  /// - Parameters:
  ///   - means: One a column.
  ///   - deviations: One a column, none negative.
  package func standardised(means: [Double], deviations: [Double]) -> Matrix {
    precondition(means.count == columns && deviations.count == columns, "one mean and one deviation a column")
    let scaled = [Float](unsafeUninitializedCapacity: rows * (columns + 1)) { scaled, filled in
      if let target = scaled.baseAddress { winnow_standardise(values, rows, columns, means, deviations, target) }
      filled = rows * (columns + 1)
    }
    return Matrix(rows: rows, columns: columns + 1, values: scaled)
  }
}
