package import Core
package import Numerics

/// Greedy graph cut: picks that are like all points and unlike each other (Iyer & Bilmes, Submodular Optimization with
/// Submodular Cover and Submodular Knapsack Constraints, NIPS 2013; λ = 1 as in apricot).
package enum GraphCut {
  /// Picks `count` of `points`; the gain of j is Σ_i S_ij − 2 Σ_{s∈S} S_sj − S_jj, and may become negative. The lower
  /// position wins a tie.
  ///
  /// - Parameters:
  ///   - points: one row a point, at least one.
  ///   - count: from 1 to the number of points.
  /// - Throws: `CancellationError` once nobody wants the result.
  package static func select(
    _ count: Int, from points: Matrix, similarity: Similarity, context: TaskContext = .unobserved
  ) throws -> (picks: [Int], gains: [Double]) {
    precondition((1...points.rows).contains(count), "\(count) of \(points.rows) points cannot be picked")
    let rows = try SimilarityRows(similarity, of: points, context: context.part(from: 0, to: 0.2))
    var products = InnerProductRows(rows.points)
    let totals = try rows.totals(context: context.part(from: 0.2, to: 0.4))
    let picking = context.part(from: 0.4, to: 1)
    var scores = totals.indices.map { totals[$0] - Double(rows.ofItself($0)) }
    var (picks, gains): ([Int], [Double]) = ([], [])
    while true {
      let pick = Ranking.argmax(scores)
      picks.append(pick)
      gains.append(scores[pick])
      guard picks.count < count else { return (picks, gains) }
      try picking.proceed(picks.count, of: count)
      scores[pick] = -.infinity
      let similarities = rows.values(of: pick, products: products.take(pick, likelyNext: scores.map { Float($0) }))
      for point in scores.indices { scores[point] -= 2 * Double(similarities[point]) }
    }
  }
}
