import Statistics
package import Sweeps

/// How often images of each class were taken for each class. Work and memory grow with the images, not with the square of
/// the classes.
package struct ConfusionMatrix: Hashable, Sendable {
  package let entries: ConfusionCounts
  /// Images of each true class, images predicted as each class, and images that are both.
  private let labelled: [Int]
  private let predicted: [Int]
  private let right: [Int]

  /// Counts pairs of a true and a predicted class, each in 0..<classes.
  package init(labels: [Int32], predictions: [Int32], classes: Int) {
    precondition(labels.count == predictions.count, "\(labels.count) labels for \(predictions.count) predictions")
    var counts: [Int: Int] = [:]
    for (label, prediction) in zip(labels, predictions) {
      counts[Int(label) * classes + Int(prediction), default: 0] += 1
    }
    self.init(
      ConfusionCounts(
        classes: classes,
        entries: counts.map {
          ConfusionCounts.Entry(label: $0.key / classes, prediction: $0.key % classes, count: $0.value)
        }))
  }

  /// Takes a square table; traps on any other.
  package init(counts: [[Int]]) {
    precondition(counts.allSatisfy { $0.count == counts.count }, "a confusion matrix is square")
    self.init(ConfusionCounts(rows: counts))
  }

  package init(_ entries: ConfusionCounts) {
    self.entries = entries
    var labelled = [Int](repeating: 0, count: entries.classes)
    var (predicted, right) = (labelled, labelled)
    for entry in entries.entries {
      labelled[entry.label] += entry.count
      predicted[entry.prediction] += entry.count
      if entry.label == entry.prediction { right[entry.label] += entry.count }
    }
    (self.labelled, self.predicted, self.right) = (labelled, predicted, right)
  }

  /// The square table: rows are true classes, columns predicted ones. Only for a small number of classes.
  package var counts: [[Int]] { entries.rows }

  /// Images of each true class.
  package var support: [Int] { labelled }

  /// The share of all images that lie on the diagonal; 0 without images.
  package var accuracy: Double { Self.share(right.reduce(0, +), of: labelled.reduce(0, +)) }

  /// The share of each class's images that was predicted as it: accuracy by class, which is recall; 0 for a class without
  /// images.
  package var recall: [Double] { zip(right, labelled).map(Self.share) }

  /// The share of the images predicted as each class that belong to it; 0 for a class that is never predicted.
  package var precision: [Double] { zip(right, predicted).map(Self.share) }

  /// For each class the skewness of its confusion scores: of the five largest rates at which it is taken for another class,
  /// zeros left out. 0 when the rates are all equal or there are none. (SELECT, appendix on confusion skewness.)
  package var confusionSkewness: [Double] {
    var errors = [[Int]](repeating: [], count: entries.classes)
    for entry in entries.entries where entry.label != entry.prediction { errors[entry.label].append(entry.count) }
    return errors.indices.map { label in
      let total = Double(labelled[label])
      return Self.skewness(ofScores: errors[label].sorted(by: >).prefix(5).map { Double($0) / total })
    }
  }

  /// The biased skewness g₁ of confusion scores; 0 when all are equal or there are none.
  package static func skewness(ofScores scores: [Double]) -> Double { Descriptive.skewness(scores) }

  private static func share(_ part: Int, of whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
}
