/// Picks to which every candidate has something similar.
struct FacilityLocationStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "facility-location",
    summary: "each next pick most raises the sum, over all images, of the similarity to the nearest pick",
    source: "Mirzasoleiman et al., Distributed Submodular Maximization, NIPS 2013; apricot, JMLR 2020",
    needs: [.features], options: [.keep(0.5), .balanced(false), Similarity.option])

  private let similarity: Similarity

  init(options: StrategyOptions) { similarity = Similarity(rawValue: options.word("similarity"))! }

  /// Where candidates are too many for all their similarities, they are judged by how they cover a random sample.
  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    var generator = candidates.generator("references")
    return try candidates.selectRows(count) { points, quota in
      let references = ReferenceSample.positions(of: points.rows, generator: &generator)
      let rows = try SimilarityRows(similarity, of: points, references: references, shouldContinue: shouldContinue)
      let cover = try FacilityLocation.select(
        quota, similarities: try rows.matrix(references: references, shouldContinue: shouldContinue),
        // Within classes the budget is nobody's; what is chosen is then bought as far as the money goes.
        costs: candidates.isBalanced ? nil : candidates.costs,
        shouldContinue: shouldContinue)
      return Selection(cover.picks, gains: cover.gains)
    }
  }
}
