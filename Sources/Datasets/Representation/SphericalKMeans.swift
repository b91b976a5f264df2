import Core
package import Numerics

/// Spherical k-means (Dhillon & Modha 2001): unit centroids, each row belongs to the centroid with the largest dot
/// product. Fixed arithmetic: the same bits on every CPU.
package enum SphericalKMeans {
  /// `count` unit centroids of the rows of `rows`, at least as many, after `rounds` rounds from random rows.
  package static func centroids(of rows: some RowReading, count: Int, rounds: Int, seed: UInt64) -> Matrix {
    centroids(of: rows, count: count, rounds: rounds, seed: seed) { _ in }
  }

  /// The same; `beforeRound` is told how many rounds are done, and what it throws ends the computation.
  package static func centroids(
    of rows: some RowReading, count: Int, rounds: Int, seed: UInt64, beforeRound: (Int) throws -> Void
  ) rethrows -> Matrix {
    precondition(rows.rows >= count, "\(rows.rows) rows cannot make \(count) clusters")
    var generator = SeededGenerator(seed: seed, purpose: "representation/centroids")
    var centroids = rows.selecting(rows: generator.sample(count, of: rows.rows)).matrix
    for row in 0..<count { normalise(row, of: &centroids) }
    for round in 0..<rounds {
      try beforeRound(round)
      centroids = means(of: rows, nearestTo: centroids, generator: &generator)
    }
    return centroids
  }

  /// Rows that are compared with centroids at once: all comparisons of a large pool take more memory than the pool.
  private static let comparedRows = 4_096

  /// Gives `body` all rows in their order, some at a time, with the centroid that has the largest dot product with each and the
  /// products with all centroids.
  package static func forEachBlock(
    of rows: some RowReading, comparedWith centroids: Matrix,
    _ body: (_ block: Matrix, _ nearest: [Int32], _ products: Matrix) throws -> Void
  ) rethrows {
    try rows.forEachBlock { _, block in
      for start in stride(from: 0, to: block.rows, by: comparedRows) {
        let end = min(start + comparedRows, block.rows)
        let part = block.rows <= comparedRows ? block : block.rows(start..<end)
        var products = Matrix(rows: part.rows, columns: centroids.rows)
        LinearKernels.forward(part.values, rows: part.rows, weights: centroids, into: &products.values)
        try body(part, Kernels.rowArgmax(products), products)
      }
    }
  }

  /// The direction of each cluster's sum; a cluster without members starts again at a random row.
  private static func means(
    of rows: some RowReading, nearestTo before: Matrix, generator: inout SeededGenerator
  ) -> Matrix {
    let (count, size) = (before.rows, rows.columns)
    var sums = [Double](repeating: 0, count: count * size)
    forEachBlock(of: rows, comparedWith: before) { block, nearest, _ in
      for (row, cluster) in nearest.enumerated() {
        for column in 0..<size { sums[Int(cluster) * size + column] += Double(block.values[row * size + column]) }
      }
    }
    var centroids = Matrix(rows: count, columns: size, values: sums.map { Float($0) })
    for cluster in 0..<count where !normalise(cluster, of: &centroids) {
      let row = rows.row(generator.integer(below: rows.rows))
      for column in 0..<size { centroids[cluster, column] = row[column] }
      normalise(cluster, of: &centroids)
    }
    return centroids
  }

  /// Scales a row to length 1; false when it is zero.
  @discardableResult
  private static func normalise(_ row: Int, of matrix: inout Matrix) -> Bool {
    let length = matrix.row(row).reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    guard length > 0 else { return false }
    for column in 0..<matrix.columns { matrix[row, column] = Float(Double(matrix[row, column]) / length) }
    return true
  }
}
