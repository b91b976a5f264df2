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
  ///   - references: the points i of the first sum, whose sum is scaled to the number of all.
  /// - Throws: `CancellationError` once nobody wants the result.
  package static func select(
    _ count: Int, from points: Matrix, similarity: Similarity, references: [Int], context: TaskContext = .unobserved
  ) throws -> (picks: [Int], gains: [Double]) {
    precondition((1...points.rows).contains(count), "\(count) of \(points.rows) points cannot be picked")
    let rows = try SimilarityRows(
      similarity, of: points, references: references, context: context.part(from: 0, to: 0.2))
    var products = InnerProductRows(rows.points)
    let totals = try rows.totals(references: references, context: context.part(from: 0.2, to: 0.4))
    let picking = context.part(from: 0.4, to: 1)
    let scale = Double(points.rows) / Double(references.count)
    var scores = totals.indices.map { scale * totals[$0] - Double(rows.ofItself($0)) }
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
