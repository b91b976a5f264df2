/// Discards the candidates that nearly repeat one that is kept, and buys the rest.
struct SemDeDupStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "semdedup", summary: "at random among the images left when near-duplicates within each cluster are dropped",
    source: "Abbas et al., SemDeDup, 2023 (the paper: only kept images drop others)", needs: [.features],
    options: [
      .keep(1), .number("epsilon", 0.05, in: 0...2, "two images are duplicates when their cosine is above 1 − epsilon"),
      Prototypes.option,
    ], isFilter: true)

  private let threshold: Float
  private let clusters: Int?

  init(options: StrategyOptions) {
    threshold = Float(1 - options.number("epsilon"))
    clusters = options.optionalWholeNumber("clusters")
  }

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    let prototypes = Prototypes(of: try candidates.features(), count: clusters, seed: UInt64(candidates.seed))
    let isKept = try SemanticDuplicates.kept(among: prototypes, threshold: threshold, shouldContinue: shouldContinue)
    return Selection(Array(candidates.randomOrder.lazy.filter { isKept[$0] }.prefix(count)))
  }
}
