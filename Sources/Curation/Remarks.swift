import Datasets
import Economics
import Sweeps

/// What a reader should know about a purchase.
struct Remarks {
  let strategy: ResolvedStrategy
  let plan: CandidatePlan
  let bought: Int
  let pool: Pool

  var all: [Remark] { [reference, wholePool, filtered].compactMap(\.self) }

  private var reference: Remark? { strategy.description.isAchievable ? nil : Remark(.reference) }

  private var wholePool: Remark? {
    let size = Candidates.supply(of: pool)
    if bought == size { return Remark(.allBought, numbers: ["count": Double(size)]) }
    guard plan.candidates == size, !strategy.looking.isAtNothing else { return nil }
    return Remark(.allLookedAt, numbers: ["count": Double(size), "bought": Double(bought)])
  }

  private var filtered: Remark? {
    guard bought < plan.purchases else { return nil }
    return Remark(.fewAcceptable, numbers: ["bought": Double(bought), "allowed": Double(plan.purchases)])
  }
}
