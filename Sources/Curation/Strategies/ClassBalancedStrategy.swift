/// Equally many of each observed class.
struct ClassBalancedStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "class-balanced", summary: "the same number of each observed class, at random within a class",
    source: "–", needs: [.labels], options: [.keep(0.5)])

  let looking = Looking(labels: true)
  let keep: Share

  init(options: StrategyOptions) { keep = options.share("keep") }

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> [Int] {
    ClassBalance.select(count, labels: candidates.labels, classCount: candidates.classCount) { Array(0..<$1) }
  }
}
