import Core
import Datasets
import Numerics

/// What a subset is worth without training anything: as the memory of a nearest-neighbour classifier, by its labels and its
/// duplicates, and by its distance to the expert pool.
struct SubsetMeasures {
  /// Images of each sample that distributions are compared on, at most.
  private static let sampleSize = 1_000
  private static let duplicateThreshold: Float = 0.95

  private let pool: Pool
  private let subset: [Int]
  private let labels: [Int32]
  private let expert: Pool
  private let sets: EvaluationSets
  private let seed: UInt64
  private let features: Matrix
  private let testFeatures: Matrix

  init(pool: Pool, subset: [Int], labels: [Int32], expert: Pool, sets: EvaluationSets, seed: UInt64) {
    self.pool = pool
    self.subset = subset
    self.labels = labels
    self.expert = expert
    self.sets = sets
    self.seed = seed
    features = pool.features.selecting(rows: subset).withUnitRows()
    testFeatures = sets.base.features.withUnitRows()
  }

  private var classes: Int { pool.classNames.count }

  /// k-nearest-neighbour accuracies on the base test set.
  func representation(_ options: Evaluator.Options) -> [String: Double] {
    let memory = ClassMemory(
      features: features, labels: labels, classes: classes, perClass: options.memoryPerClass,
      absent: options.absentClasses, seed: seed)
    let vote = NearestNeighbourVote(
      queries: testFeatures, memory: memory.features, labels: memory.labels, classes: classes, k: 200)
    var metrics: [String: Double] = [:]
    let count = Double(sets.base.labels.count)
    for k in [10, 20, 100, 200] {
      let ranks = vote.ranks(k: k, truth: sets.base.labels)
      metrics["representation.knn\(k)"] = Double(ranks.count { $0 == 0 }) / count
      guard classes > 5 else { continue }
      metrics["representation.knn\(k).top5"] = Double(ranks.count { $0.map { $0 < 5 } ?? false }) / count
    }
    return metrics
  }

  /// Label noise (a label whose truth is "none of the classes" is wrong), near-duplicates and leakage.
  var quality: [String: Double] {
    let wrong = zip(subset, labels).count { pool.trueLabels[$0] != $1 }
    let repeated = NearDuplicates.flags(within: features, threshold: Self.duplicateThreshold)
    let leaked = NearDuplicates.flags(features, among: testFeatures, threshold: Self.duplicateThreshold)
    let count = Double(subset.count)
    return [
      "data.label-noise": Double(wrong) / count, "data.near-duplicates": Double(repeated.count { $0 }) / count,
      "data.leakage": Double(leaked.count { $0 }) / count,
    ]
  }

  /// Distances to the expert pool, on random samples of equal size: min(1,000, images of the subset, expert images that
  /// are not in it). An expert subset is thus compared with the expert images that it left out.
  var comparison: [String: Double] {
    let chosen = pool.shift == expert.shift ? Set(subset) : []
    var generator = SeededGenerator(seed: seed, purpose: "evaluation/expert sample")
    let others = generator.permutation(expert.count).lazy.filter { !chosen.contains($0) }
    let reference = Array(others.prefix(min(Self.sampleSize, subset.count)))
    guard !reference.isEmpty else { return [:] }
    var subsetGenerator = SeededGenerator(seed: seed, purpose: "evaluation/subset sample")
    let sample = features.selecting(rows: subsetGenerator.sample(reference.count, of: subset.count))
    let expertSample = expert.features.selecting(rows: reference).withUnitRows()
    let comparison = SampleComparison(real: expertSample, candidate: sample)
    var metrics: [String: Double] = [:]
    metrics["data.cmmd"] = comparison.cmmd
    if let manifold = comparison.manifold(k: 5) {
      metrics["data.expert-precision"] = manifold.precision
      metrics["data.expert-recall"] = manifold.recall
      metrics["data.expert-density"] = manifold.density
      metrics["data.expert-coverage"] = manifold.coverage
    }
    let vote = NearestNeighbourVote(
      queries: sample, memory: expertSample, labels: reference.map { expert.observedLabels[$0] }, classes: classes,
      k: 20)
    metrics["data.inception-score"] = InceptionStyleScore.value(vote.shares(k: 20))
    return metrics
  }
}
