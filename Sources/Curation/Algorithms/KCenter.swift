package import Core
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
  /// - Throws: `CancellationError` once nobody wants the result.
  package static func select(
    _ count: Int, from points: some RowReading, start: Int? = nil, context: TaskContext = .unobserved
  ) throws -> Cover {
    precondition((1...points.rows).contains(count), "\(count) of \(points.rows) points cannot be picked")
    var rows = InnerProductRows(points)
    let norms = rows.squaredNorms
    let (picks, largest) = try cover(
      count, of: points.rows, first: start ?? nearestToMean(points), context: context
    ) { pick, distances in
      let products = rows.take(pick, likelyNext: distances)
      return products.indices.map { max(norms[pick] + norms[$0] - 2 * products[$0], 0) }
    }
    return Cover(picks: picks, radius: largest.squareRoot())
  }

  /// The same for any measure of distance.
  ///
  /// - Parameter distances: the distances, from 0, of all points to a pick; it is also told the distance of each point to
  ///   the picks before, −∞ for a pick.
  /// - Returns: the picks, and the largest distance of any point to its nearest pick.
  static func cover(
    _ count: Int, of points: Int, first: Int, context: TaskContext,
    distances: (_ pick: Int, _ before: [Float]) -> [Float]
  ) throws -> (picks: [Int], largest: Float) {
    // −∞ marks a pick, so that a duplicate of a pick (at 0) is still preferred to the pick itself.
    var nearest = [Float](repeating: .infinity, count: points)
    var pick = first
    var picks: [Int] = []
    while true {
      picks.append(pick)
      let own = distances(pick, nearest)
      for point in nearest.indices { nearest[point] = min(nearest[point], own[point]) }
      nearest[pick] = -.infinity
      guard picks.count < count else { return (picks, max(nearest.max()!, 0)) }
      try context.proceed(picks.count, of: count)
      pick = Ranking.argmax(nearest)
    }
  }

  private static func nearestToMean(_ points: some RowReading) -> Int {
    let mean = Mean.of(points)
    let distances = Mean.squaredDistances(points, to: mean)
    return Ranking.argmax(distances.map { -$0 })
  }
}
