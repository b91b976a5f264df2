/// CAL as DeepCore's released code has it, for those who would reproduce its numbers.
struct CALDeepCoreStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "cal-deepcore", summary: "cal, but keeping the smallest differences, as DeepCore's code does",
    source: "the released code of Guo, Zhao & Bai, DeepCore, DEXA 2022", needs: CALStrategy.description.needs,
    options: CALStrategy.options)

  private let strategy: CALStrategy
  var scorer: Scorer? { strategy.scorer }

  init(options: StrategyOptions) { strategy = CALStrategy(options: options) }

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    candidates.smallest(
      count, of: try strategy.contrasts(of: candidates, evidence: evidence, shouldContinue: shouldContinue))
  }
}
