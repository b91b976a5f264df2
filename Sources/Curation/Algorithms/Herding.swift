package import Core
package import Numerics

/// Herding (Welling 2009; the exemplars of iCaRL, Rebuffi et al. 2017): picks whose running mean follows the mean of all.
package enum Herding {
  /// Which point each pick is, of those not yet picked.
  package enum Pick: Sendable {
    /// The argmin of the definition.
    case nearest
    /// The argmax, as DeepCore's released code has it (Guo, Zhao & Bai 2022): the picks move away from the mean.
    case farthest
  }

  /// Picks `count` of `points`; pick t is argmin_i ‖t·μ − Σ_{s<t} h_s − h_i‖ over the points not yet picked, or the
  /// argmax when asked. The lower position wins a tie.
  ///
  /// - Parameters:
  ///   - points: one row a point, at least one.
  ///   - count: from 1 to the number of points.
  /// - Throws: `CancellationError` once nobody wants the result.
  package static func select(
    _ count: Int, from points: some RowReading, pick kind: Pick = .nearest, context: TaskContext = .unobserved
  ) throws -> [Int] {
    precondition((1...points.rows).contains(count), "\(count) of \(points.rows) points cannot be picked")
    var rows = InnerProductRows(points)
    let mean = Mean.of(points)
    let meanProducts = Mean.products(points, by: mean)
    // The square of the norm without what all points share: ‖h_i‖² − 2·h_i·(t·μ − Σ). It grows by as much each step as
    // h_i·(h_pick − μ) says, so one row of inner products a pick is enough.
    var errors = zip(rows.squaredNorms, meanProducts).map { Double($0) - 2 * $1 }
    let sign: Double = kind == .nearest ? 1 : -1
    for point in errors.indices { errors[point] *= sign }
    var picks: [Int] = []
    while true {
      let pick = Ranking.argmin(errors)
      picks.append(pick)
      guard picks.count < count else { return picks }
      try context.proceed(picks.count, of: count)
      errors[pick] = .infinity
      let products = rows.take(pick, likelyNext: errors.map { Float(-$0) })
      for point in errors.indices { errors[point] += 2 * sign * (Double(products[point]) - meanProducts[point]) }
    }
  }
}
