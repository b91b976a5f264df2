/// The candidates with the longest gradients early in training.
struct GraNdStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "grand", summary: "where the gradients of proxies' last layers are longest after a few epochs",
    source: "Paul et al., Deep Learning on a Data Diet, NeurIPS 2021", needs: [.scores],
    options: [
      .keep(0.5), .balanced(false),
      .wholeNumber("epochs", 2, in: Scorer.epochRange, "epochs that each proxy is trained"),
      .wholeNumber("runs", 3, in: Scorer.runRange, "proxies whose norms are averaged"),
    ])

  let scorer: Scorer?

  init(options: StrategyOptions) {
    scorer = .norms(epochs: options.wholeNumber("epochs"), runs: options.wholeNumber("runs"))
  }

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    candidates.largest(count, of: try evidence.scoreArray("gradient-norm", of: candidates).values)
  }
}
