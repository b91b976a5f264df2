/// GLISTER as DeepCore's released code has it, for those who would reproduce its numbers.
struct GLISTERDeepCoreStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "glister-deepcore",
    summary: "glister without ever refreshing the held-out gradient, as DeepCore's code does",
    source: "the released code of Guo, Zhao & Bai, DeepCore, DEXA 2022", needs: GLISTERStrategy.description.needs,
    options: GLISTERStrategy.options)

  private let strategy: GLISTERStrategy
  var scorer: Scorer? { strategy.scorer }

  init(options: StrategyOptions) { strategy = GLISTERStrategy(options: options) }

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    try strategy.choose(
      count, from: candidates, evidence: evidence, refreshes: false, shouldContinue: shouldContinue)
  }
}
