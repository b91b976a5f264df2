/// The candidates of whose most probable class a proxy is least sure.
struct LeastConfidenceStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "least-confidence", summary: "where a proxy's most probable class is least probable",
    source: "Settles, Active Learning Literature Survey, 2009", needs: [.scores],
    options: [
      .keep(0.5), .balanced(false),
      .wholeNumber("epochs", 5, in: Scorer.epochRange, "epochs that the proxy is trained"),
    ])

  let scorer: Scorer?

  init(options: StrategyOptions) { scorer = .lastLayer(epochs: options.wholeNumber("epochs")) }

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    let probabilities = try evidence.scoreArray("probabilities", of: candidates)
    return candidates.smallest(count, of: Uncertainty.largest(probabilities))
  }
}
