package import Core
package import Datasets
package import Sweeps

/// Wrong labels, near-duplicates, and images of the test set among the chosen ones.
package struct QualityUtility: UtilityKind {
  package init() {}

  package var name: String { "quality" }
  package var version: Int { 2 }
  package var needs: Set<UtilityNeed> { [.choice, .evaluation] }
  package var placement: UtilityPlacement { .trial }

  package func metrics(of dataset: DatasetDescription) -> [Metric] {
    [
      .share(
        "data.label-noise", ("Label noise", "ラベルの誤り"),
        ("share of the chosen images whose label is not the truth", "選んだ画像のうち、ラベルが真のクラスと異なる割合"),
        .lowerIsBetter, .data, role: .labelNoise),
      .share(
        "data.near-duplicates", ("Near-duplicates", "ほぼ重複"),
        (
          "share of the chosen images that the features can hardly tell from another chosen one, not always copies",
          "特徴量ではほとんど区別できない別の画像も選ばれている割合。完全な複製とは限らない"
        ), .lowerIsBetter, .data, role: .likeness),
      .share(
        "data.leakage", ("Leakage", "テストとの重なり"),
        (
          "share of the chosen images that the features can hardly tell from a base test image, not always copies",
          "特徴量ではほとんど区別できない基本テスト画像がある割合。完全な複製とは限らない"
        ), .lowerIsBetter, .data, role: .likeness),
      .score(
        "data.likeness-threshold", ("Threshold of likeness", "類似のしきい値"),
        (
          "cosine of features above which two images count as nearly the same",
          "2枚の画像をほぼ同じと数える、特徴量のコサイン類似度の下限"
        ), .descriptive, .data, role: .likenessThreshold),
      .share(
        "data.likeness-chance", ("Alike by chance", "偶然の類似"),
        (
          "share of the base test images with another, different base test image above that cosine",
          "別の基本テスト画像との類似度がそのしきい値を超える、基本テスト画像の割合"
        ), .descriptive, .data, role: .likenessChance),
    ]
  }

  /// A label whose truth is "none of the classes" is wrong. Without two test images nothing tells what is nearly the same.
  package func measure(_ subject: MeasuredSubject, context: TaskContext) throws -> Measurement {
    guard let choice = subject.choice, let test = subject.testUnitFeatures else { return Measurement() }
    var measurement = Measurement()
    func enter(_ name: String, _ flagged: Int) { measurement.enter(name, flagged, of: choice.rows.count) }
    enter("data.label-noise", zip(choice.rows, choice.labels).count { choice.pool.trueLabels[$0] != $1 })
    guard let threshold = try subject.likeness(context.part(from: 0, to: 0.2)) else { return measurement }
    measurement.metrics["data.likeness-threshold"] = Double(threshold.cosine)
    measurement.metrics["data.likeness-chance"] = threshold.chance
    let features = subject.chosenUnitFeatures
    let repeated = try NearDuplicates.flags(
      within: features, threshold: threshold.cosine, context: context.part(from: 0.2, to: 0.6))
    enter("data.near-duplicates", repeated.count { $0 })
    let leaked = try NearDuplicates.flags(
      features, among: test, threshold: threshold.cosine, context: context.part(from: 0.6, to: 1))
    enter("data.leakage", leaked.count { $0 })
    return measurement
  }
}
