/// Herding as DeepCore's released code has it, for those who would reproduce its numbers.
struct HerdingDeepCoreStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "herding-deepcore",
    summary: "herding with the argmax of DeepCore's code for the argmin of the paper: picks flee the mean",
    source: "the released code of Guo, Zhao & Bai, DeepCore, DEXA 2022", needs: [.features],
    options: [.keep(0.5), .balanced(true)])

  init(options: StrategyOptions) {}

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    try candidates.selectRows(count) { points, quota in
      Selection(try Herding.select(quota, from: points, pick: .farthest, shouldContinue: shouldContinue))
    }
  }
}
