import CKernels

/// The rows of a matrix with the largest dot products with each query: exact nearest neighbours by cosine, when rows have
/// length 1.
package struct NearestNeighbours: Hashable, Sendable {
  /// Neighbours per query: the count asked for, or all rows when there are fewer.
  package let count: Int
  /// Query after query, the nearest first; of equal ones, the lower row.
  package let indices: [Int32]
  package let similarities: [Float]

  private static let queryBlock = 256
  private static let memoryBlock = 2_048

  /// Compares every row of `queries` with every row of `memory`, both with the same number of columns.
  package init(of queries: Matrix, among memory: Matrix, count: Int) {
    self.init(of: queries, among: memory, count: count) { _, _ in }
  }

  /// The same.
  ///
  /// - Parameter proceed: called between parts of the work that take well under a second, with how many are done and how many
  ///   there are; what it throws ends the work.
  package init(of queries: Matrix, among memory: Matrix, count: Int, proceed: (Int, Int) throws -> Void) rethrows {
    precondition(queries.columns == memory.columns, "\(queries.columns) against \(memory.columns) columns")
    let count = min(count, memory.rows)
    self.count = count
    var found = Self.blocks(queries.rows, of: Self.queryBlock).map { Block(queries.rows($0), count: count) }
    let blocks = Self.blocks(memory.rows, of: Self.memoryBlock)
    for (place, rows) in blocks.enumerated() {
      let block = memory.rows(rows)
      for index in found.indices {
        try proceed(place * found.count + index, blocks.count * found.count)
        found[index].compare(with: block, first: rows.lowerBound, count: count)
      }
    }
    indices = found.flatMap(\.indices)
    similarities = found.flatMap(\.best)
  }

  private static func blocks(_ rows: Int, of size: Int) -> [Range<Int>] {
    stride(from: 0, to: rows, by: size).map { $0..<min($0 + size, rows) }
  }

  /// A block of queries with what has been found for it so far.
  private struct Block {
    let queries: Matrix
    var best: [Float]
    var indices: [Int32]

    init(_ queries: Matrix, count: Int) {
      self.queries = queries
      best = [Float](repeating: -.infinity, count: queries.rows * count)
      indices = [Int32](repeating: 0, count: best.count)
    }

    mutating func compare(with memory: Matrix, first: Int, count: Int) {
      let products = queries.multiplied(by: memory, transposedOther: true)
      winnow_keep_largest(products.values, products.rows, products.columns, Int32(first), count, &best, &indices)
    }
  }
}

extension Matrix {
  /// A copy of consecutive rows.
  package func rows(_ range: Range<Int>) -> Matrix {
    Matrix(
      rows: range.count, columns: columns,
      values: Array(values[range.lowerBound * columns..<range.upperBound * columns]))
  }
}
