package import Core
package import Numerics

/// Kernel herding (Chen, Welling & Smola, Super-Samples from Kernel Herding, UAI 2010), without replacement.
package enum KernelHerding {
  /// Picks `count` of `points`; pick t + 1 is argmax_i ( affinity_i − Σ_{s≤t} k(x_i, x_s) / (t + 1) ) over the points not
  /// yet picked. The lower position wins a tie.
  ///
  /// - Parameters:
  ///   - points: one row a point, at least one.
  ///   - affinities: the mean of the kernel between each point and the distribution to follow.
  ///   - count: from 1 to the number of points.
  /// - Throws: `CancellationError` once nobody wants the result.
  package static func select(
    _ count: Int, from points: Matrix, affinities: [Double], kernel: RadialKernel,
    context: TaskContext = .unobserved
  ) throws -> [Int] {
    precondition((1...points.rows).contains(count), "\(count) of \(points.rows) points cannot be picked")
    precondition(affinities.count == points.rows, "one affinity a point")
    var rows = InnerProductRows(points)
    var repulsions = [Double](repeating: 0, count: points.rows)
    var scores = affinities
    var picks: [Int] = []
    while true {
      let pick = Ranking.argmax(scores)
      picks.append(pick)
      guard picks.count < count else { return picks }
      try context.proceed(picks.count, of: count)
      repulsions[pick] = .infinity
      let products = rows.take(pick, likelyNext: scores.map { Float($0) })
      let share = 1 / Double(picks.count + 1)
      for point in scores.indices {
        let square = rows.squaredNorms[pick] + rows.squaredNorms[point] - 2 * products[point]
        repulsions[point] += Double(kernel.value(squaredDistance: square))
        scores[point] = affinities[point] - repulsions[point] * share
      }
    }
  }
}
