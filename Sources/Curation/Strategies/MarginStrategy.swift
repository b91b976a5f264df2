/// The candidates between whose two best classes a proxy is least decided.
struct MarginStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "margin", summary: "where a proxy's two most probable classes are closest",
    source: "Settles, Active Learning Literature Survey, 2009", needs: [.labels, .scores],
    options: [
      .keep(0.5), .balanced(false),
      .wholeNumber("epochs", 5, in: Scorer.epochRange, "epochs that the proxy is trained"),
    ])

  let looking: Looking
  let keep: Share
  private let balanced: Bool

  init(options: StrategyOptions) {
    looking = Looking(labels: true, scorer: .probabilities(epochs: options.wholeNumber("epochs")))
    keep = options.share("keep")
    balanced = options.flag("balanced")
  }

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> [Int] {
    let probabilities = try evidence.scoreArray("probabilities", of: candidates)
    let margins = Margin.scores(probabilities: probabilities)
    return candidates.select(count, balanced: balanced) { members, quota in
      Ranking.smallest(quota, of: members.map { margins[$0] })
    }
  }
}
