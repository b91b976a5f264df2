/// Candidates far from, or near to, the centres of clusters.
struct SSLPrototypesStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "ssl-prototypes", summary: "farthest from (hard) or nearest to (easy) the centre of its cluster, by cosine",
    source: "Sorscher et al., Beyond Neural Scaling Laws, NeurIPS 2022", needs: [.features],
    options: [
      .keep(0.5), .balanced(false),
      .word("order", ["hard", "easy"], "what is kept: the atypical (hard) or the typical (easy)"), Prototypes.option,
    ])

  private let keepsHard: Bool
  private let clusters: Int?

  init(options: StrategyOptions) {
    keepsHard = options.word("order") == "hard"
    clusters = options.optionalWholeNumber("clusters")
  }

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    let prototypes = Prototypes(of: try candidates.features(), count: clusters, seed: UInt64(candidates.seed))
    return keepsHard
      ? candidates.smallest(count, of: prototypes.similarities)
      : candidates.largest(count, of: prototypes.similarities)
  }
}
