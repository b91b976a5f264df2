import Economics

/// The candidates evenly from hard to easy, without the very hardest.
struct CCSStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "ccs", summary: "at random, evenly from hard to easy by area under the margin, without the very hardest",
    source: "Zheng et al., Coverage-centric Coreset Selection for High Pruning Rates, ICLR 2023", needs: [.scores],
    options: [
      .keep(0.5),
      OptionDescription(
        name: "drop", default: 0.1, values: .share,
        meaning: "the share of the looked-at images, those with the smallest margins, that is dropped first"),
      .wholeNumber("strata", 50, in: 1...10_000, "how many intervals of equal width the margins are divided into"),
      .wholeNumber(
        "epochs", 10, in: Scorer.epochRange, "epochs that the proxy is trained, each followed by a look at every image"),
    ])

  let scorer: Scorer?
  private let drop: Share
  private let strata: Int

  init(options: StrategyOptions) {
    scorer = .history(epochs: options.wholeNumber("epochs"))
    drop = options.share("drop")
    strata = options.wholeNumber("strata")
  }

  /// No more are dropped than the count leaves over.
  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    var generator = candidates.generator("strata")
    let margins = try evidence.scoreArray("margin-sum", of: candidates).values
    return Selection(
      CoverageStrata.select(
        count, scores: margins, dropped: min(drop.floor(of: candidates.count), candidates.count - count),
        strata: strata, generator: &generator))
  }
}
