/// Picks whose running mean stays as close as possible to the mean of the candidates.
struct HerdingStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "herding", summary: "each next pick brings the mean of the picks closest to the mean of the candidates",
    source: "Welling, Herding Dynamical Weights to Learn, ICML 2009; Rebuffi et al., iCaRL, CVPR 2017",
    needs: [.features], options: [.keep(0.5), .balanced(true)])

  init(options: StrategyOptions) {}

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    try candidates.selectRows(count) { points, quota in
      Selection(try Herding.select(quota, from: points, shouldContinue: shouldContinue))
    }
  }
}
