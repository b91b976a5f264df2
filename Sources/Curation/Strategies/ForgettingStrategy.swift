/// The candidates that a proxy forgets most often while it learns.
struct ForgettingStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "forgetting", summary: "what a proxy most often forgets while it learns; what it never learns comes first",
    source: "Toneva et al., An Empirical Study of Example Forgetting, ICLR 2019", needs: [.scores],
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
    candidates.largest(count, of: try evidence.scoreArray("forgetting", of: candidates).values)
  }
}
