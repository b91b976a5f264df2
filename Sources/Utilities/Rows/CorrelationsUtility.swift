package import Core
package import Datasets
package import Sweeps

/// SELECT's correlations over the classes: within a trial, and between a trial and the baseline, which reports derive.
package struct CorrelationsUtility: UtilityKind {
  package init() {}

  package var name: String { "correlations" }
  package var version: Int { 1 }
  package var needs: Set<UtilityNeed> { [.choice, .evaluation] }
  package var placement: UtilityPlacement { .trial }

  package func metrics(of dataset: DatasetDescription) -> [Metric] {
    pair(
      "precision-count", "R:P,CC", ("precision and number of chosen images", "クラスごとの適合率と選んだ枚数との相関"))
      + pair(
        "accuracy-confusion-skewness", "R:A,CS",
        ("accuracy and skewness of the confusion scores", "クラスごとの正解率と混同の歪度との相関"))
      + pair("precision-recall", "R:P,R", ("precision and recall", "クラスごとの適合率と再現率との相関"))
      + pair(
        "baseline-accuracy", "R:INA,A",
        ("accuracy of the baseline and accuracy", "クラスごとの、基準の正解率と正解率との相関"), baseline: .accuracy)
      + pair(
        "baseline-count", "R:INAV,AV",
        (
          "number of images in the baseline and number of chosen images", "クラスごとの、基準の枚数と選んだ枚数との相関"
        ), baseline: .count)
  }

  private func pair(
    _ name: String, _ title: String, _ pair: Spoken, baseline: ClassSeries? = nil
  ) -> [Metric] {
    let origin: Metric.Origin = baseline == nil ? .measured : .derived
    func role(isOfRanks: Bool) -> Metric.Role? { baseline.map { .baselineCorrelation($0, isOfRanks: isOfRanks) } }
    return [
      .score(
        "correlation.\(name)", (title, title),
        ("correlation over the classes of \(pair.0) (Pearson)", "\(pair.1)（ピアソン）"), .descriptive, .data,
        origin: origin, role: role(isOfRanks: false)),
      .score(
        "correlation.\(name).spearman", ("\(title), ranks", "\(title)（順位）"),
        ("rank correlation over the classes of \(pair.0) (Spearman)", "\(pair.1)（スピアマンの順位相関）"), .descriptive,
        .data, origin: origin, role: role(isOfRanks: true)),
    ]
  }

  package func measure(_ subject: MeasuredSubject, context: TaskContext) throws -> Measurement {
    guard let balance = subject.balance else { return Measurement() }
    let confusion = try subject.classification(context).confusion
    return Measurement(
      metrics: ClassCorrelations.metrics(
        accuracy: confusion.recall, precision: confusion.precision, count: balance.counts.map(Double.init),
        confusionSkewness: confusion.confusionSkewness))
  }
}
