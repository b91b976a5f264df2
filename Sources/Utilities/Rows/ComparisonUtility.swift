package import Core
package import Datasets
import Numerics
package import Sweeps

/// Distances of what was chosen to the reference pool, on random samples of equal size: at most 1,000 chosen samples, and as
/// many of the reference that were not chosen. A subset of the reference is thus compared with what it left out.
package struct ComparisonUtility: UtilityKind {
  private static let sampleSize = 1_000
  private static let manifoldNeighbours = 5
  private static let scoreNeighbours = 20

  package init() {}

  package var name: String { "comparison" }
  package var version: Int { 1 }
  package var needs: Set<UtilityNeed> { [.choice, .reference] }
  package var placement: UtilityPlacement { .trial }

  package func metrics(of dataset: DatasetDescription) -> [Metric] {
    [
      .score(
        "data.cmmd", ("CMMD", "CMMD"),
        (
          "1000 × squared maximum mean discrepancy to the reference pool in the fixed representation",
          "固定の特徴表現で測った、基準プールとの最大平均差異の二乗の1000倍"
        ), .descriptive, .data),
      .score(
        "data.inception-score", ("Inception-style score", "インセプション型スコア"),
        (
          "how sure and how varied a 20-nearest-neighbour classifier of reference images is about the chosen images",
          "基準プールの画像による20近傍分類器が、選んだ画像をどれほど確信をもって、かつ多様に分類するか"
        ), .descriptive, .data),
      .share(
        "data.expert-precision", ("Precision", "適合度"),
        (
          "share of the chosen images that lie on the manifold of the reference pool (k = 5)",
          "基準プールの多様体（k = 5）の上にある選んだ画像の割合"
        ), .descriptive, .data),
      .share(
        "data.expert-recall", ("Recall", "再現度"),
        (
          "share of the reference pool that lies on the manifold of the chosen images (k = 5)",
          "選んだ画像の多様体（k = 5）の上にある基準プールの割合"
        ), .descriptive, .data),
      .score(
        "data.expert-density", ("Density", "密度"),
        (
          "how many neighbourhoods of reference images hold a chosen image, over k = 5",
          "選んだ画像を含む基準プールの画像の近傍の数を k = 5 で割った値"
        ), .descriptive, .data),
      .share(
        "data.expert-coverage", ("Reference coverage", "基準プールの網羅率"),
        (
          "share of the reference pool with a chosen image among its neighbourhood (k = 5)",
          "近傍（k = 5）に選んだ画像がある基準プールの割合"
        ), .descriptive, .data),
    ]
  }

  package func measure(_ subject: MeasuredSubject, context: TaskContext) throws -> Measurement {
    guard let choice = subject.choice, let reference = subject.reference else { return Measurement() }
    let chosen = choice.pool.shift == reference.shift ? Set(choice.rows) : []
    // The purposes name the streams of random numbers; other words would draw other samples.
    var generator = SeededGenerator(seed: subject.seed, purpose: "evaluation/expert sample")
    let others = generator.permutation(reference.count).lazy.filter { !chosen.contains($0) }
    let rows = Array(others.prefix(min(Self.sampleSize, choice.rows.count)))
    guard !rows.isEmpty else { return Measurement() }
    var subsetGenerator = SeededGenerator(seed: subject.seed, purpose: "evaluation/subset sample")
    let sample = subject.chosenUnitFeatures.selecting(
      rows: subsetGenerator.sample(rows.count, of: choice.rows.count))
    let referenceSample = reference.features.selecting(rows: rows).matrix.withUnitRows()
    let comparison = SampleComparison(real: referenceSample, candidate: sample)
    try context.proceed(0.4)
    var measurement = Measurement()
    measurement.metrics["data.cmmd"] = comparison.cmmd
    if let manifold = comparison.manifold(k: Self.manifoldNeighbours) {
      measurement.add(manifold, size: rows.count, k: Self.manifoldNeighbours)
    }
    let vote = try NearestNeighbourVote(
      queries: sample, memory: referenceSample, labels: rows.map { reference.observedLabels[$0] },
      classes: subject.classes, k: Self.scoreNeighbours, context: context.part(from: 0.7, to: 1))
    measurement.metrics["data.inception-score"] = InceptionStyleScore.value(
      vote.shares(k: Self.scoreNeighbours), classes: subject.classes)
    return measurement
  }
}

extension Measurement {
  /// - Parameter size: rows of either sample.
  fileprivate mutating func add(_ manifold: SampleComparison.Manifold, size: Int, k: Int) {
    metrics["data.expert-precision"] = manifold.precision
    metrics["data.expert-recall"] = manifold.recall
    metrics["data.expert-density"] = manifold.density
    metrics["data.expert-coverage"] = manifold.coverage
    for name in ["precision", "recall", "coverage"] { counts["data.expert-\(name)"] = size }
    counts["data.expert-density"] = size * k
  }
}
