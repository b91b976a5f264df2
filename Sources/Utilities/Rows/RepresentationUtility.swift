package import Core
package import Datasets
package import Sweeps

/// What the chosen samples are worth as the memory of a nearest-neighbour classifier: nothing is trained.
package struct RepresentationUtility: UtilityKind {
  package init() {}

  package var name: String { "representation" }
  package var version: Int { 1 }
  package var needs: Set<UtilityNeed> { [.choice, .evaluation] }
  package var placement: UtilityPlacement { .trial }

  private static let neighbours = [10, 20, 100, 200]
  /// The one that reports name a winner of.
  private static let headline = 20

  package func metrics(of dataset: DatasetDescription) -> [Metric] {
    Self.neighbours.flatMap { k in
      let memory =
        "the chosen images (at most 100 of a class, unless the sweep says otherwise) as the memory of a \(k)-nearest-neighbour classifier in the fixed representation"
      let japanese = "選んだ画像（指定がなければ1クラス100枚まで）を記憶として使い、固定の特徴表現で\(k)近傍分類をしたときの"
      let first = Metric.share(
        "representation.knn\(k)", ("\(k)-NN", "\(k)近傍法"), ("top-1 accuracy with \(memory)", japanese + "正解率"),
        .higherIsBetter, .utility, isHeadline: k == Self.headline)
      let topFive = Metric.share(
        "representation.knn\(k).top5", ("\(k)-NN top-5", "\(k)近傍法・上位5"),
        ("top-5 accuracy with \(memory)", japanese + "上位5候補の正解率"), .higherIsBetter, .utility)
      return Classification.hasTopFive(classes: dataset.classes.count) ? [first, topFive] : [first]
    }
  }

  package func measure(_ subject: MeasuredSubject, context: TaskContext) throws -> Measurement {
    guard let choice = subject.choice, let base = subject.sets?.base, let queries = subject.testUnitFeatures else {
      return Measurement()
    }
    let memory = try ClassMemory(
      features: subject.chosenUnitFeatures, labels: choice.labels, classes: subject.classes,
      perClass: subject.settings.memoryPerClass, absent: subject.settings.absentClasses, seed: subject.seed,
      context: context.part(from: 0, to: 0.2))
    let vote = try NearestNeighbourVote(
      queries: queries, memory: memory.features, labels: memory.labels, classes: subject.classes,
      k: Self.neighbours.max()!, context: context.part(from: 0.2, to: 0.9))
    var measurement = Measurement()
    for (index, k) in Self.neighbours.enumerated() {
      try context.part(from: 0.9, to: 1).proceed(index, of: Self.neighbours.count)
      let ranks = vote.ranks(k: k, truth: base.labels)
      measurement.enter("representation.knn\(k)", ranks.count { $0 == 0 }, of: ranks.count)
      guard Classification.hasTopFive(classes: subject.classes) else { continue }
      measurement.enter(
        "representation.knn\(k).top5", ranks.count { $0.map { $0 < 5 } ?? false }, of: ranks.count)
    }
    return measurement
  }
}
