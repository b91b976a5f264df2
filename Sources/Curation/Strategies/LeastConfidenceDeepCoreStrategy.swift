/// Least confidence as DeepCore's released code has it, for those who would reproduce its numbers.
struct LeastConfidenceDeepCoreStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "least-confidence-deepcore",
    summary: "where a proxy's largest logit is smallest, as in DeepCore's code, which leaves out the softmax",
    source: "the released code of Guo, Zhao & Bai, DeepCore, DEXA 2022", needs: [.scores],
    options: [
      .keep(0.5), .balanced(false),
      .wholeNumber("epochs", 5, in: Scorer.epochRange, "epochs that the proxy is trained"),
    ])

  let scorer: Scorer?

  init(options: StrategyOptions) { scorer = .lastLayer(epochs: options.wholeNumber("epochs")) }

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    let logits = try evidence.scoreArray("logits", of: candidates)
    return candidates.smallest(count, of: Uncertainty.largest(logits))
  }
}
