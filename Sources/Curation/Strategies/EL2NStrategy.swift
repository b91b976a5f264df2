/// The candidates on which proxies err most early in training.
struct EL2NStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "el2n", summary: "where proxies err most (or least) after a few epochs",
    source: "Paul et al., Deep Learning on a Data Diet, NeurIPS 2021", needs: [.labels, .scores],
    options: [
      .keep(0.5), .balanced(false),
      OptionDescription(
        name: "order", default: "largest", values: .words(["largest", "smallest"]),
        meaning: "which errors are kept: the largest, or the smallest"),
      .wholeNumber("epochs", 2, in: Scorer.epochRange, "epochs that each proxy is trained"),
      .wholeNumber("runs", 3, in: Scorer.runRange, "proxies whose errors are averaged"),
    ])

  let looking: Looking
  let keep: Share
  private let balanced: Bool
  private let keepsLargest: Bool

  init(options: StrategyOptions) {
    let scorer = Scorer.errorNorm(epochs: options.wholeNumber("epochs"), runs: options.wholeNumber("runs"))
    looking = Looking(labels: true, scorer: scorer)
    keep = options.share("keep")
    balanced = options.flag("balanced")
    keepsLargest = options.word("order") == "largest"
  }

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> [Int] {
    let norms = try evidence.scoreArray("error-norm", of: candidates).values
    return candidates.select(count, balanced: balanced) { members, quota in
      let own = members.map { norms[$0] }
      return keepsLargest ? Ranking.largest(quota, of: own) : Ranking.smallest(quota, of: own)
    }
  }
}
