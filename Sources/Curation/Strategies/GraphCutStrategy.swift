/// Picks that are like all candidates and unlike each other.
struct GraphCutStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "graph-cut", summary: "each next pick is most similar to all images and least to the picks before it",
    source: "Iyer & Bilmes, Submodular Optimization, NIPS 2013; apricot, JMLR 2020 (λ = 1)",
    needs: [.features], options: [.keep(0.5), .balanced(false), Similarity.option])

  private let similarity: Similarity

  init(options: StrategyOptions) { similarity = Similarity(rawValue: options.word("similarity"))! }

  /// Where candidates are too many for all their similarities, a random sample stands for all; cosines need none.
  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    var generator = candidates.generator("references")
    return try candidates.selectRows(count) { points, quota in
      let references =
        similarity == .cosine
        ? Array(0..<points.rows) : ReferenceSample.positions(of: points.rows, generator: &generator)
      let (picks, gains) = try GraphCut.select(
        quota, from: points, similarity: similarity, references: references, shouldContinue: shouldContinue)
      return Selection(picks, gains: gains)
    }
  }
}
