package import Core
package import Datasets
import Samples
package import Sweeps

/// What the network is worth on labelled samples of the deployment distribution, and how far what was chosen lies from the
/// unlabelled target sample.
package struct DeploymentUtility: UtilityKind {
  static let name = PartRole.deployment.rawValue

  package init() {}

  package var name: String { Self.name }
  /// 2 says what the accuracy is on either half of the set.
  package var version: Int { 2 }
  package var needs: Set<UtilityNeed> { [.deployment] }
  package var placement: UtilityPlacement { .measure(.deployment) }

  package func metrics(of dataset: DatasetDescription) -> [Metric] {
    [
      .share(
        Self.name, ("Deployment", "運用環境"),
        (
          "top-1 accuracy on labelled images of the deployment distribution",
          "実際に使う環境を模したラベル付き画像での正解率"
        ), .higherIsBetter, .robustness, isHeadline: true, criterion: .deployment),
      .score(
        "\(Self.name).nll", ("Deployment NLL", "運用環境のNLL"),
        (
          "negative log-likelihood of the true class on the deployment set, nats",
          "運用環境の画像での、正解クラスの負の対数尤度（ナット）"
        ), .lowerIsBetter, .calibration),
      .share(
        "\(Self.name).ece", ("Deployment ECE", "運用環境のECE"),
        ("gap between confidence and accuracy on the deployment set", "運用環境の画像での、確信度と正解率のずれ"),
        .lowerIsBetter, .calibration),
      .score(
        "\(Self.name).cmmd", ("Distance to the target", "運用環境との距離"),
        (
          "1000 × squared maximum mean discrepancy of the chosen images to the unlabelled target sample in the fixed "
            + "representation", "選んだ画像とラベルなし運用サンプルとの、固定の特徴表現での最大平均差異の二乗の1000倍"
        ), .descriptive, .data, role: .targetDistance),
    ] + Metric.halves(Self.name, ("the deployment images", "運用環境の画像"), .robustness)
  }

  package func measure(_ subject: MeasuredSubject, context: TaskContext) throws -> Measurement {
    guard let sets = subject.deployment else { return Measurement() }
    let found = try subject.network.classification(
      of: sets.test.images, labels: sets.test.labels, context: context.part(from: 0, to: 0.8))
    var measurement = found.further(name)
    try context.proceed(0.8)
    measurement.metrics.merge(
      TargetDistance.metrics(subset: subject.chosenFeatures, target: sets.targetFeatures, seed: subject.seed)
    ) { _, new in new }
    return measurement
  }
}

/// What the network is worth on a further set whose labels are the classes, some of them, or coarser ones.
package struct FurtherSetUtility: UtilityKind {
  package init() {}

  package var name: String { "further-set" }
  /// 2 says what the accuracy is on either half of the set.
  package var version: Int { 2 }
  package var needs: Set<UtilityNeed> { [.furtherSet] }
  package var placement: UtilityPlacement { .measure(.shifted) }

  package func metrics(of dataset: DatasetDescription) -> [Metric] {
    dataset.sets.filter { $0.meaning != .task }.flatMap { set in
      [
        .share(
          set.metric, (String(set.name.prefix(24)), set.name),
          ("top-1 accuracy on the evaluation set \(set.name)", "評価用データ \(set.name) での正解率"),
          .higherIsBetter, .robustness, isHeadline: true),
        .score(
          "\(set.metric).nll", ("\(set.name.prefix(18)), NLL", "\(set.name)・NLL"),
          (
            "negative log-likelihood of the true label on the evaluation set \(set.name), nats",
            "評価用データ \(set.name) における正解ラベルの負の対数尤度（ナット）"
          ), .lowerIsBetter, .robustness),
        .share(
          "\(set.metric).ece", ("\(set.name.prefix(18)), ECE", "\(set.name)・ECE"),
          (
            "gap between confidence and accuracy on the evaluation set \(set.name)",
            "評価用データ \(set.name) における確信度と正解率のずれ"
          ), .lowerIsBetter, .robustness),
      ] + Metric.halves(set.metric, ("the evaluation set \(set.name)", "評価用データ \(set.name)"), .robustness)
    }
  }

  package func measure(_ subject: MeasuredSubject, context: TaskContext) throws -> Measurement {
    guard let set = subject.furtherSet else { return Measurement() }
    let space = try LabelSpace(set.description.meaning, classes: subject.classes)
    return try subject.network.classification(of: set.samples, labels: set.labels, in: space, context: context)
      .further(set.description.metric)
  }
}

extension Classification {
  /// What is said of a further set: `SET`, `SET.nll`, `SET.ece`, and `SET.half-1` and `SET.half-2`.
  fileprivate func further(_ set: String) -> Measurement {
    let halves = halves(of: set)
    let metrics = [set: confusion.accuracy, "\(set).nll": negativeLogLikelihood, "\(set).ece": calibrationError]
    return Measurement(
      metrics: metrics.merging(halves.metrics) { $1 }, counts: [set: images].merging(halves.counts) { $1 })
  }
}
