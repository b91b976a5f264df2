/// A cover of the candidates: each next pick is the one farthest from all before.
struct KCenterStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "k-center", summary: "each next pick is the farthest from those before, so that nothing is left far away",
    source: "Sener & Savarese, Active Learning for Convolutional Neural Networks, ICLR 2018", needs: [.features],
    options: [.keep(0.5), .balanced(false)])

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
      try KCenter.select(quota, from: features.selecting(rows: members), shouldContinue: shouldContinue).picks
    }
  }
}
