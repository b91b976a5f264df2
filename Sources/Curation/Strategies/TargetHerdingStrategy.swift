/// Picks whose distribution approaches that of the target sample.
struct TargetHerdingStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "target-herding", summary: "kernel herding towards the distribution of the unlabelled target sample",
    source: "Chen, Welling & Smola, Super-Samples from Kernel Herding, UAI 2010", needs: [.features, .target],
    options: [.keepTarget, .balanced(false)])

  init(options: StrategyOptions) {}

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    let features = try candidates.features()
    let target = try evidence.targetFeatures(columns: features.columns)
    let kernel = RadialKernel(medianOf: features, and: target)
    let affinities = try kernel.meanAffinities(of: features, to: target, shouldContinue: shouldContinue)
    return try candidates.select(count) { members, quota in
      Selection(
        try KernelHerding.select(
          quota, from: features.selecting(rows: members), affinities: members.map { affinities[$0] }, kernel: kernel,
          shouldContinue: shouldContinue))
    }
  }
}
