/// The candidates that look most like some image of the target sample.
struct TargetNearestStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "target-nearest", summary: "nearest, by cosine, to an image of the unlabelled target sample",
    source: "nearest-neighbour data selection", needs: [.features, .target], options: [.keep(0.5), .balanced(false)])

  let looking: Looking
  let keep: Share
  private let balanced: Bool

  init(options: StrategyOptions) {
    balanced = options.flag("balanced")
    looking = Looking(labels: balanced, features: true)
    keep = options.share("keep")
  }

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> [Int] {
    let features = try candidates.features()
    let similarities = try NearestTarget.similarities(
      of: features, to: evidence.targetFeatures(columns: features.columns), shouldContinue: shouldContinue)
    return candidates.select(count, balanced: balanced) { members, quota in
      Ranking.largest(quota, of: members.map { similarities[$0] })
    }
  }
}
