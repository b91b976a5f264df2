/// A cover of the candidates in a proxy's opinion: each next pick is the one on which it differs most from all before.
struct ContextualDiversityStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "contextual-diversity",
    summary: "k-center in a proxy's class probabilities: each next pick diverges most from those before",
    source: "Agarwal et al., Contextual Diversity for Active Learning, ECCV 2020", needs: [.scores],
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
    return try candidates.select(count) { members, quota in
      let own = probabilities.selecting(rows: members)
      return Selection(try DivergenceCenter.select(quota, from: own, shouldContinue: shouldContinue))
    }
  }
}
