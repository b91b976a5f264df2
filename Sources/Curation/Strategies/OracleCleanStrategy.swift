/// Only correctly labelled images, known by magic.
struct OracleCleanStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "oracle-clean",
    summary: "at random among the images whose label is true: what perfect filtering would give for nothing",
    source: "–", needs: [.truth], isAchievable: false)

  init(options: StrategyOptions) {}

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    guard let truth = evidence.truth else { preconditionFailure("the oracle was not told the truth") }
    let labels = candidates.labels
    return Selection(Array(candidates.randomOrder.lazy.filter { labels[$0] == truth[$0] }.prefix(count)))
  }
}
