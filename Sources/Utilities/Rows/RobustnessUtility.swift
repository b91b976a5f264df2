package import Core
package import Datasets
import Samples
package import Sweeps

/// Accuracy on corrupted forms of test samples.
package struct RobustnessUtility: UtilityKind {
  package init() {}

  package var name: String { "robustness" }
  package var version: Int { 1 }
  package var needs: Set<UtilityNeed> { [.corruptions] }
  package var placement: UtilityPlacement { .trial }

  package func metrics(of dataset: DatasetDescription) -> [Metric] {
    [
      .share(
        "robustness", ("Robustness", "頑健性"),
        (
          "top-1 accuracy under corruption, mean of all kinds and severities",
          "劣化させた画像での正解率（全種類・全段階の平均）"
        ), .higherIsBetter, .robustness, isHeadline: true, role: .robustness),
      .score(
        "robustness.mce", ("mCE", "mCE"),
        (
          "error under each corruption relative to the random strategy's, mean over the kinds",
          "劣化画像での誤り率を無作為購入の誤り率で割った値（種類の平均）"
        ), .lowerIsBetter, .robustness, origin: .derived, role: .relativeCorruptionError),
    ] + dataset.corruptions.flatMap { kind(of: $0, severities: dataset.severities) }
  }

  private func kind(of thing: MeasuredThing, severities: Int) -> [Metric] {
    let mean = Metric.share(
      "robustness.\(thing.name)", ("Under \(thing.title.english)", "劣化：\(thing.title.japanese)"),
      (
        "top-1 accuracy under \(thing.meaning.english), mean over \(severities) severities",
        "\(thing.meaning.japanese)を加えた画像での正解率（強さ\(severities)段階の平均）"
      ), .higherIsBetter, .robustness, role: .corruption, thing: thing.title)
    return [mean]
      + (1...max(1, severities)).map { severity in
        .share(
          "robustness.\(thing.name).\(severity)",
          ("\(thing.title.english) \(severity)", "\(thing.title.japanese) \(severity)"),
          (
            "top-1 accuracy under \(thing.meaning.english) of severity \(severity) of \(severities)",
            "\(thing.meaning.japanese)を強さ\(severity)（\(severities)段階）で加えた画像での正解率"
          ), .higherIsBetter, .robustness, role: .severity(severity, of: mean.name), thing: thing.title)
      }
  }

  package func measure(_ subject: MeasuredSubject, context: TaskContext) throws -> Measurement {
    guard let sets = subject.sets else { return Measurement() }
    var measurement = Measurement()
    var kinds: [String: [Double]] = [:]
    let images = sets.corruptionLabels.count
    for (index, corruption) in sets.corruptions.enumerated() {
      let name = "robustness.\(corruption.kind).\(corruption.severity)"
      let right = try subject.network.right(
        on: corruption.images, labels: sets.corruptionLabels,
        context: context.part(index, of: sets.corruptions.count))
      measurement.enter(name, right, of: images)
      kinds[corruption.kind, default: []].append(measurement.metrics[name]!)
    }
    let means = kinds.mapValues { $0.reduce(0, +) / Double($0.count) }
    for (kind, mean) in means {
      measurement.metrics["robustness.\(kind)"] = mean
      measurement.counts["robustness.\(kind)"] = images * kinds[kind]!.count
    }
    // In the order of the names: a sum depends on its order in the last bit.
    measurement.metrics["robustness"] = means.keys.sorted().reduce(0) { $0 + means[$1]! } / Double(means.count)
    // A mean of means is a share of all images together when all kinds have as many.
    if Set(kinds.values.map(\.count)).count == 1 {
      measurement.counts["robustness"] = images * sets.corruptions.count
    }
    return measurement
  }
}
