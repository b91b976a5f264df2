/// A cover of the candidates: each next pick is the one farthest from all before.
struct KCenterStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "k-center", summary: "each next pick is the farthest from those before, so that nothing is left far away",
    source: "Sener & Savarese, Active Learning for Convolutional Neural Networks, ICLR 2018", needs: [.features],
    options: [.keep(0.5), .balanced(false)])

  init(options: StrategyOptions) {}

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    try candidates.selectRows(count) { points, quota in
      Selection(try KCenter.select(quota, from: points, shouldContinue: shouldContinue).picks)
    }
  }
}
