/// Picks whose weighted gradients add up to the mean gradient.
struct GradMatchStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "grad-match",
    summary:
      "each next pick's gradient best matches what the weighted picks so far lack of the mean gradient; trained without the weights",
    source: "Killamsetty et al., GRAD-MATCH, ICML 2021", needs: [.labels, .scores],
    options: [
      .keep(0.5), .balanced(true),
      .wholeNumber("epochs", 5, in: Scorer.epochRange, "epochs that the proxy is trained"),
    ])

  let scorer: Scorer?

  init(options: StrategyOptions) { scorer = .lastLayer(epochs: options.wholeNumber("epochs")) }

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    let gradients = try evidence.gradients(of: candidates)
    return try candidates.select(count) { members, quota in
      let own = gradients.selecting(members)
      return Selection(
        try GradientMatching.select(quota, of: own, target: own.mean, shouldContinue: shouldContinue).picks)
    }
  }
}
