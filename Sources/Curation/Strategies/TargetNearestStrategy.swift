/// The candidates that look most like some image of the target sample.
struct TargetNearestStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "target-nearest", summary: "nearest, by cosine, to an image of the unlabelled target sample",
    source: "nearest-neighbour data selection", needs: [.features, .target], options: [.keepTarget, .balanced(false)])

  init(options: StrategyOptions) {}

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    let features = try candidates.features()
    let similarities = try NearestTarget.similarities(
      of: features, to: evidence.targetFeatures(columns: features.columns), shouldContinue: shouldContinue)
    return candidates.largest(count, of: similarities)
  }
}
