/// Candidates on which a proxy's opinion differs most from its opinion of their neighbours.
struct CALStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "cal", summary: "where a proxy's class probabilities differ most from those of the nearest images",
    source: "Margatina et al., Active Learning by Acquiring Contrastive Examples, EMNLP 2021",
    needs: [.features, .scores], options: options)

  static let options: [OptionDescription] = [
    .keep(0.5), .balanced(false), .wholeNumber("neighbours", 10, in: 1...1_000, "how many nearest images"),
    .wholeNumber("epochs", 5, in: Scorer.epochRange, "epochs that the proxy is trained"),
  ]

  let scorer: Scorer?
  private let neighbours: Int

  init(options: StrategyOptions) {
    scorer = .lastLayer(epochs: options.wholeNumber("epochs"))
    neighbours = options.wholeNumber("neighbours")
  }

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    candidates.largest(count, of: try contrasts(of: candidates, evidence: evidence, shouldContinue: shouldContinue))
  }

  /// The mean divergence of each candidate from its neighbours.
  func contrasts(of candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool) throws -> [Double] {
    try ContrastiveScores.scores(
      features: candidates.features(), probabilities: evidence.scoreArray("probabilities", of: candidates),
      neighbours: neighbours, shouldContinue: shouldContinue)
  }
}
