/// Picks whose running mean stays as close as possible to the mean of the candidates.
struct HerdingStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "herding", summary: "each next pick brings the mean of the picks closest to the mean of the candidates",
    source: "Welling, Herding Dynamical Weights to Learn, ICML 2009; Rebuffi et al., iCaRL, CVPR 2017",
    needs: [.features, .labels], options: [.keep(0.5), .balanced(true)])

  let looking: Looking
  let keep: Share
  private let balanced: Bool

  init(options: StrategyOptions) {
    balanced = options.flag("balanced")
    looking = Looking(labels: balanced, features: true)
    keep = options.share("keep")
  }

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> [Int] {
    let features = try candidates.features()
    return try candidates.select(count, balanced: balanced) { members, quota in
      try Herding.select(quota, from: features.selecting(rows: members), shouldContinue: shouldContinue)
    }
  }
}
