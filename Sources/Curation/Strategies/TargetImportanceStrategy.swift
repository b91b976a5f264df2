import Core

/// A random sample that is distributed like the target.
struct TargetImportanceStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "target-importance",
    summary:
      "drawn with probability proportional to how much likelier an image is in the target sample; the fit on stored features is not charged",
    source: "Xie et al., Data Selection for Language Models via Importance Resampling, NeurIPS 2023",
    needs: [.features, .target],
    options: [
      .keepTarget, .balanced(false),
      .number("ridge", 0.01, in: 1e-6...1e6, "shrinks the ratio of densities towards 1"),
    ])

  private let ridge: Double

  init(options: StrategyOptions) { ridge = options.number("ridge") }

  /// Adding Gumbel noise to the logarithm of a weight and keeping the largest draws without replacement in proportion to
  /// the weights.
  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    let features = try candidates.features()
    let ratio = try DensityRatio(
      of: features, to: evidence.targetFeatures(columns: features.columns), ridge: ridge,
      shouldContinue: shouldContinue)
    var generator = candidates.generator("gumbel")
    return candidates.largest(count, of: ratio.logRatios.map { $0 - PortableMath.log(generator.exponential()) })
  }
}
