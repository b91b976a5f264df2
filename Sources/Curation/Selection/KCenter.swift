package import Numerics

/// Greedy k-center (Gonzalez 1985; the core-set selection of Sener & Savarese 2018): a cover of the points by balls around
/// the picks whose radius is at most twice the best possible.
package enum KCenter {
  package struct Cover: Sendable, Hashable {
    /// Positions of the picks, in order of choice.
    package let picks: [Int]
    /// The largest Euclidean distance of any point to its nearest pick.
    package let radius: Float
  }

  /// Picks `count` of `points`: the first is `start`, or the point nearest to the mean; each next one is the farthest from
  /// those before. The lower position wins a tie.
  ///
  /// - Parameters:
  ///   - points: one row a point, at least one.
  ///   - count: from 1 to the number of points.
  /// - Throws: `CancellationError` once `shouldContinue` answers false.
  package static func select(
    _ count: Int, from points: Matrix, start: Int? = nil, shouldContinue: () -> Bool = { true }
  ) throws -> Cover {
    precondition((1...points.rows).contains(count), "\(count) of \(points.rows) points cannot be picked")
    var rows = InnerProductRows(points)
    // Squared; −∞ marks a pick, so that a duplicate of a pick (at 0) is still preferred to the pick itself.
    var distances = [Float](repeating: .infinity, count: points.rows)
    var pick = start ?? nearestToMean(points)
    var picks: [Int] = []
    while true {
      picks.append(pick)
      let products = rows.take(pick, likelyNext: distances)
      shorten(&distances, to: pick, products: products, squaredNorms: rows.squaredNorms)
      distances[pick] = -.infinity
      guard picks.count < count else { break }
      if picks.count.isMultiple(of: 64) { try checkContinuing(shouldContinue) }
      pick = Ranking.argmax(distances)
    }
    return Cover(picks: picks, radius: max(distances.max()!, 0).squareRoot())
  }

  private static func shorten(
    _ distances: inout [Float], to pick: Int, products: [Float], squaredNorms: [Float]
  ) {
    let norm = squaredNorms[pick]
    for point in distances.indices {
      let distance = max(norm + squaredNorms[point] - 2 * products[point], 0)
      distances[point] = min(distances[point], distance)
    }
  }

  private static func nearestToMean(_ points: Matrix) -> Int {
    let mean = Mean.of(points)
    let distances = (0..<points.rows).map { Mean.squaredDistance(points, row: $0, to: mean) }
    return Ranking.argmax(distances.map { -$0 })
  }
}
