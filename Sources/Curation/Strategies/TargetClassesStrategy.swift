/// The class mix of the target sample.
struct TargetClassesStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "target-classes",
    summary:
      "in the class proportions of the target sample, told by its nearest images' labels; at random within a class",
    source: "label shift: Lipton, Wang & Smola, ICML 2018; here by nearest neighbours",
    needs: [.features, .labels, .target],
    options: [.keep(0.5), .wholeNumber("neighbours", 10, in: 1...1_000, "images that vote on each of the target")])

  private let neighbours: Int

  init(options: StrategyOptions) { neighbours = options.wholeNumber("neighbours") }

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    try checkContinuing(shouldContinue)
    let (features, labels) = (try candidates.features(), candidates.labels)
    let shares = TargetClasses.shares(
      points: features, labels: labels, classCount: candidates.classCount,
      target: try evidence.targetFeatures(columns: features.columns), neighbours: neighbours)
    return Selection(TargetClasses.select(count, order: candidates.randomOrder, labels: labels, shares: shares))
  }
}
