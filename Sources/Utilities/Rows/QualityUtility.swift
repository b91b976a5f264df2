package import Core
package import Datasets
package import Sweeps

/// Wrong labels, near-duplicates, and images of the test set among the chosen ones.
package struct QualityUtility: UtilityKind {
  /// The cosine of features above which samples count as nearly the same.
  package static let duplicateThreshold: Float = 0.95

  package init() {}

  package var name: String { "quality" }
  package var version: Int { 1 }
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
          "share of the chosen images with another chosen one at a cosine above 0.95: as alike as the features can "
            + "tell, not always copies",
          "コサイン類似度が0.95を超える別の画像も選ばれている割合。特徴量で区別できないという意味で、完全な複製とは限らない"
        ), .lowerIsBetter, .data),
      .share(
        "data.leakage", ("Leakage", "テストとの重なり"),
        (
          "share of the chosen images with a base test image at a cosine above 0.95: as alike as the features can "
            + "tell, not always copies",
          "コサイン類似度が0.95を超える基本テスト画像がある割合。特徴量で区別できないという意味で、完全な複製とは限らない"
        ), .lowerIsBetter, .data),
    ]
  }

  /// A label whose truth is "none of the classes" is wrong.
  package func measure(_ subject: MeasuredSubject, context: TaskContext) throws -> Measurement {
    guard let choice = subject.choice, let test = subject.testUnitFeatures else { return Measurement() }
    let features = subject.chosenUnitFeatures
    var measurement = Measurement()
    func enter(_ name: String, _ flagged: Int) { measurement.enter(name, flagged, of: choice.rows.count) }
    enter("data.label-noise", zip(choice.rows, choice.labels).count { choice.pool.trueLabels[$0] != $1 })
    let repeated = try NearDuplicates.flags(
      within: features, threshold: Self.duplicateThreshold, context: context.part(from: 0, to: 0.5))
    enter("data.near-duplicates", repeated.count { $0 })
    let leaked = try NearDuplicates.flags(
      features, among: test, threshold: Self.duplicateThreshold, context: context.part(from: 0.5, to: 1))
    enter("data.leakage", leaked.count { $0 })
    return measurement
  }
}
