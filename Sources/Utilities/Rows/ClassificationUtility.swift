package import Core
package import Datasets
package import Sweeps

/// What the network's answers on the base test set are worth: accuracy, the worst classes, calibration.
package struct ClassificationUtility: UtilityKind {
  package init() {}

  package var name: String { "classification" }
  /// 2 says what the accuracy is on either half of the test images.
  package var version: Int { 2 }
  package var needs: Set<UtilityNeed> { [.evaluation] }
  package var placement: UtilityPlacement { .trial }

  package func metrics(of dataset: DatasetDescription) -> [Metric] {
    let topFive = Metric.share(
      "accuracy.top5", ("Top-5", "上位5"),
      ("share of the base test images whose class is among the five most probable", "確率の高い5クラスの中に正解が入っている割合"),
      .higherIsBetter, .utility)
    return [
      .share(
        "accuracy", ("Accuracy", "正解率"),
        ("share of the base test images whose class is predicted", "基本テスト画像のうち、クラスを正しく当てた割合"),
        .higherIsBetter, .utility, isHeadline: true, criterion: .base),
      .share(
        "accuracy.worst-class", ("Worst class", "最も弱いクラス"),
        ("accuracy on the class with the lowest accuracy", "正解率が最も低いクラスの正解率"),
        .higherIsBetter, .utility, isHeadline: true),
      .share(
        "accuracy.worst-tenth", ("Worst tenth", "下位1割のクラス"),
        (
          "mean accuracy of the worst 10 % of the classes, at least one",
          "正解率が低いほうから10 %のクラス（1つ以上）の平均正解率"
        ), .higherIsBetter, .utility),
    ] + (Classification.hasTopFive(classes: dataset.classes.count) ? [topFive] : []) + Self.calibration
      + Metric.halves("accuracy", ("the base test images", "基本テスト画像"), .utility)
  }

  private static let calibration: [Metric] = [
    .score(
      "nll", ("NLL", "NLL"),
      (
        "negative log-likelihood of the true class, mean over the base test set, nats",
        "正解クラスの負の対数尤度（基本テスト画像の平均、ナット）"
      ), .lowerIsBetter, .calibration),
    .score(
      "brier", ("Brier", "ブライアスコア"),
      (
        "squared distance of the probabilities to the true class, mean over the base test set",
        "予測確率と正解との二乗距離（基本テスト画像の平均）"
      ), .lowerIsBetter, .calibration),
    .share(
      "ece", ("ECE", "ECE"),
      (
        "gap between confidence and accuracy over 15 bins of confidence of equal width",
        "確信度と正解率のずれ（確信度を等幅15区間に分けて計算）"
      ), .lowerIsBetter, .calibration),
  ]

  package func measure(_ subject: MeasuredSubject, context: TaskContext) throws -> Measurement {
    let found = try subject.classification(context)
    let (confusion, halves) = (found.confusion, found.halves(of: "accuracy"))
    return Measurement(
      metrics: found.metrics.merging(halves.metrics) { $1 }, counts: found.counts.merging(halves.counts) { $1 },
      perClass: [ClassSeries.accuracy.rawValue: confusion.recall, ClassSeries.precision.rawValue: confusion.precision],
      confusion: confusion.entries)
  }
}

/// How evenly what was chosen is spread over the classes.
package struct BalanceUtility: UtilityKind {
  package init() {}

  package var name: String { "balance" }
  package var version: Int { 1 }
  package var needs: Set<UtilityNeed> { [.choice] }
  package var placement: UtilityPlacement { .trial }

  package func metrics(of dataset: DatasetDescription) -> [Metric] {
    [
      .count(
        "data.coverage", ("Coverage", "網羅クラス数"),
        ("classes with at least one chosen image", "選んだ画像が1枚以上あるクラスの数"), .higherIsBetter, .data),
      .count(
        "data.lt500", ("LT@500", "LT@500"),
        ("classes with fewer than 500 chosen images (long-tailedness)", "選んだ画像が500枚未満のクラスの数（裾の長さ）"),
        .descriptive, .data),
      .share(
        "data.ls5pct", ("LS@5pct", "LS@5pct"),
        (
          "share of the images held by the most frequent 5 % of the classes, at least one (left-skewedness)",
          "最も多い5 %のクラス（1つ以上）が占める画像の割合（偏り）"
        ), .descriptive, .data),
      .share(
        "data.gini", ("Gini", "ジニ係数"),
        (
          "Gini coefficient of the class counts: 0 when all are equal",
          "クラス別枚数のジニ係数（すべて等しければ0）"
        ), .descriptive, .data, role: .classImbalance),
      .score(
        "data.exp-entropy", ("Effective classes", "有効クラス数"),
        (
          "exponential of the entropy of the class shares: how many equal classes would be as diverse",
          "クラス割合のエントロピーの指数。均等なクラスが何個分かを示す"
        ), .descriptive, .data),
      .score(
        "data.imbalance", ("Imbalance", "不均衡比"),
        (
          "largest class count over the smallest of the classes present",
          "画像があるクラスのうち、最大の枚数を最小の枚数で割った値"
        ), .descriptive, .data),
    ]
  }

  package func measure(_ subject: MeasuredSubject, context: TaskContext) throws -> Measurement {
    guard let balance = subject.balance else { return Measurement() }
    return Measurement(
      metrics: balance.metrics, counts: ["data.ls5pct": balance.counts.reduce(0, +)],
      perClass: [ClassSeries.count.rawValue: balance.counts.map(Double.init)])
  }
}
