/// The candidates whose labels a proxy agrees with early and clearly.
struct AUMStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "aum", summary: "whose label a proxy prefers most clearly, summed over its epochs (area under the margin)",
    source: "Pleiss et al., Identifying Mislabeled Data using the Area Under the Margin Ranking, NeurIPS 2020",
    needs: [.scores],
    options: [
      .keep(0.5), .balanced(false),
      .wholeNumber(
        "epochs", 10, in: Scorer.epochRange, "epochs that the proxy is trained, each followed by a look at every image"),
    ])

  let scorer: Scorer?

  init(options: StrategyOptions) { scorer = .history(epochs: options.wholeNumber("epochs")) }

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    candidates.largest(count, of: try evidence.scoreArray("margin-sum", of: candidates).values)
  }
}
