/// Buys candidates unseen.
struct RandomStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "random", summary: "uniformly at random, without looking: the reference of every sweep",
    source: "–", needs: [])

  init(options: StrategyOptions) {}

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    Selection(Array(candidates.randomOrder.prefix(count)))
  }
}
