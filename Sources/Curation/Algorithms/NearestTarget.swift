package import Core
package import Numerics

/// How near points are to a target sample.
package enum NearestTarget {
  /// The largest cosine between each point and any point of the target; 0 for a point of length 0.
  ///
  /// - Parameters:
  ///   - points: one row a point.
  ///   - target: as wide as `points`, at least one row.
  /// - Throws: `CancellationError` once nobody wants the result.
  package static func similarities(
    of points: some RowReading, to target: Matrix, context: TaskContext = .unobserved
  ) throws -> [Float] {
    let directions = target.withUnitRows()
    var similarities: [Float] = []
    for start in stride(from: 0, to: points.rows, by: 512) {
      try context.proceed(start, of: points.rows)
      let block = points.rows(start..<min(start + 512, points.rows))
      let products = block.withUnitRows().innerProducts(with: directions)
      let nearest = Kernels.rowArgmax(products)
      similarities += nearest.enumerated().map { products[$0.offset, Int($0.element)] }
    }
    return similarities
  }
}
