/// The candidates about whose class a proxy knows least.
struct EntropyStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "entropy", summary: "where a proxy's class probabilities have the largest entropy",
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
    return candidates.largest(count, of: Uncertainty.entropies(probabilities))
  }
}
