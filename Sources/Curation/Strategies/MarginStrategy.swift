/// The candidates between whose two best classes a proxy is least decided.
struct MarginStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "margin", summary: "where a proxy's two most probable classes are closest",
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
    return candidates.smallest(count, of: Margin.scores(probabilities: probabilities))
  }
}
