/// The candidates that a proxy forgets most often, where what is never learned is not forgotten either.
struct ForgettingZeroStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "forgetting-zero",
    summary: "what a proxy most often forgets while it learns; what it never learns counts as never forgotten",
    source:
      "Toneva et al., An Empirical Study of Example Forgetting, ICLR 2019; never-learned examples as in released code",
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
    let events = try evidence.scoreArray("forgetting", of: candidates).values
    return candidates.largest(count, of: events.map { $0.isFinite ? $0 : 0 })
  }
}
