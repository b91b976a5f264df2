import Datasets
import Economics

/// What a reader should know about a purchase, in plain sentences.
struct Remarks {
  let strategy: ResolvedStrategy
  let plan: CandidatePlan
  let bought: Int
  let pool: Pool

  var sentences: [String] { [unreachable, wholePool, filtered].compactMap(\.self) }

  private var unreachable: String? {
    guard !strategy.description.isAchievable else { return nil }
    return "This row is a reference that nobody can achieve: it is told what only the finished work could tell."
  }

  private var wholePool: String? {
    let size = Candidates.supply(of: pool)
    if bought == size { return "All \(size) images of the pool were bought, so nothing was left to choose." }
    guard plan.candidates == size, !strategy.looking.isAtNothing else { return nil }
    return "All \(size) images of the pool were looked at, and \(bought) of them bought."
  }

  private var filtered: String? {
    guard bought < plan.purchases else { return nil }
    return "Only \(bought) images were acceptable, although the budget allows \(plan.purchases)."
  }
}
