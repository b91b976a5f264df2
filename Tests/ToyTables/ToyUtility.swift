package import Core
package import Datasets
package import Sweeps
package import Utilities

/// A utility that Winnow knows nothing of: how alike the labels that were bought are.
package struct ToyUtility: UtilityKind {
  package init() {}

  package var name: String { "toy" }
  package var version: Int { 1 }
  package var needs: Set<UtilityNeed> { [.choice] }
  package var placement: UtilityPlacement { .trial }

  package func metrics(of dataset: DatasetDescription) -> [Metric] {
    [
      Metric(
        "toy.even", Words(english: "Even labels", japanese: "偶数ラベル"),
        Words(english: "share of chosen samples with an even label", japanese: "偶数のラベルをもつ試料の割合"),
        unit: .fraction, .higherIsBetter, .data),
      // What the toy kind of task measures.
      Metric(
        "census.labels", Words(english: "Labels bought", japanese: "購入したラベル数"),
        Words(english: "different labels among the chosen samples", japanese: "選んだ試料のラベルの種類"),
        unit: .count, .higherIsBetter, .data),
    ]
  }

  package func measure(_ subject: MeasuredSubject, context: TaskContext) throws -> Measurement {
    try context.proceed(0)
    let labels = subject.choice!.labels
    var measurement = Measurement()
    measurement.enter("toy.even", labels.count { $0.isMultiple(of: 2) }, of: labels.count)
    return measurement
  }
}
