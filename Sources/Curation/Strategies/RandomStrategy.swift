/// Buys candidates unseen.
struct RandomStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "random", summary: "uniformly at random, without looking: the reference of every sweep",
    source: "–", needs: [])

  let looking = Looking.atNothing

  init(options: StrategyOptions) {}

  /// Candidates are in random order already; taking the first lets all strategies of a seed see the same ones.
  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> [Int] {
    Array(0..<count)
  }
}
