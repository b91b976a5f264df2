/// Equally many of each observed class.
struct ClassBalancedStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "class-balanced", summary: "the same number of each observed class, at random within a class",
    source: "–", needs: [.labels], options: [.keep(0.5)])

  init(options: StrategyOptions) {}

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    let labels = candidates.labels
    let order = candidates.randomOrder
    let dealt = ClassBalance.select(count, labels: order.map { labels[$0] }, classCount: candidates.classCount) {
      Array(0..<$1)
    }
    return Selection(dealt.map { order[$0] })
  }
}
