import Economics

/// The candidates that contribute most to a nearest-neighbour classifier of others.
struct KNNShapleyStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "knn-shapley",
    summary: "worth most to a nearest-neighbour classifier of the images looked at (Shapley value)",
    source: "Jia et al., Efficient Task-Specific Data Valuation, VLDB 2019", needs: [.features, .labels],
    options: [
      .keep(0.5), .balanced(false), .wholeNumber("k", 10, in: 1...10_000, "neighbours that vote"),
      OptionDescription(
        name: "validation", default: 1, values: .share,
        meaning: "the share of the looked-at images, at random and at most \(mostJudges), that judge the others"),
    ])

  private static let mostJudges = 2_000

  private let k: Int
  private let validation: Share

  init(options: StrategyOptions) {
    k = options.wholeNumber("k")
    validation = options.share("validation")
  }

  /// The gains are (1 + value) / 2, as cleanlab reports them: from 0 to 1, and ½ for an image that makes no difference.
  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    let values = try NearestNeighbourShapley.values(
      features: candidates.features(), labels: candidates.labels,
      validation: candidates.validation(validation, atMost: Self.mostJudges), k: k, shouldContinue: shouldContinue)
    return candidates.largest(count, of: values.map { (1 + $0) / 2 }, areGains: true)
  }
}
