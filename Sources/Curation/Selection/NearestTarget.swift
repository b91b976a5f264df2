package import Numerics

/// How near points are to a target sample.
package enum NearestTarget {
  /// The largest cosine between each point and any point of the target; 0 for a point of length 0.
  ///
  /// - Parameters:
  ///   - points: one row a point.
  ///   - target: as wide as `points`, at least one row.
  /// - Throws: `CancellationError` once `shouldContinue` answers false.
  package static func similarities(
    of points: Matrix, to target: Matrix, shouldContinue: () -> Bool = { true }
  ) throws -> [Float] {
    let directions = Self.directions(of: target)
    var similarities: [Float] = []
    for start in stride(from: 0, to: points.rows, by: 512) {
      try checkContinuing(shouldContinue)
      let block = points.rows(start..<min(start + 512, points.rows))
      let products = Self.directions(of: block).innerProducts(with: directions)
      let nearest = Kernels.rowArgmax(products)
      similarities += nearest.enumerated().map { products[$0.offset, Int($0.element)] }
    }
    return similarities
  }

  /// Rows scaled to length 1; rows of length 0 stay.
  private static func directions(of points: Matrix) -> Matrix {
    var directions = points
    for (row, square) in Kernels.rowSquaredNorms(points).enumerated() where square > 0 {
      let scale = 1 / square.squareRoot()
      for position in row * points.columns..<(row + 1) * points.columns { directions.values[position] *= scale }
    }
    return directions
  }
}
