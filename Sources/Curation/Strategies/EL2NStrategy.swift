/// The candidates on which proxies err most early in training.
struct EL2NStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "el2n", summary: "where proxies err most (or least) after a few epochs",
    source: "Paul et al., Deep Learning on a Data Diet, NeurIPS 2021", needs: [.scores],
    options: [
      .keep(0.5), .balanced(false),
      .word("order", ["largest", "smallest"], "which errors are kept: the largest, or the smallest"),
      .wholeNumber("epochs", 2, in: Scorer.epochRange, "epochs that each proxy is trained"),
      .wholeNumber("runs", 3, in: Scorer.runRange, "proxies whose errors are averaged"),
    ])

  let scorer: Scorer?
  private let keepsLargest: Bool

  init(options: StrategyOptions) {
    scorer = .norms(epochs: options.wholeNumber("epochs"), runs: options.wholeNumber("runs"))
    keepsLargest = options.word("order") == "largest"
  }

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    let norms = try evidence.scoreArray("error-norm", of: candidates).values
    return keepsLargest ? candidates.largest(count, of: norms) : candidates.smallest(count, of: norms)
  }
}
