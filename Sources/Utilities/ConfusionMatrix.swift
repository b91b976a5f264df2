import Statistics

/// How often images of each class were taken for each class.
package struct ConfusionMatrix: Hashable, Sendable {
  /// Rows are true classes, columns predicted ones.
  package private(set) var counts: [[Int]]

  /// Counts pairs of a true and a predicted class, each in 0..<classes.
  package init(labels: [Int32], predictions: [Int32], classes: Int) {
    precondition(labels.count == predictions.count, "\(labels.count) labels for \(predictions.count) predictions")
    counts = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    for (label, prediction) in zip(labels, predictions) { counts[Int(label)][Int(prediction)] += 1 }
  }

  /// Takes a square table; traps on any other.
  package init(counts: [[Int]]) {
    precondition(counts.allSatisfy { $0.count == counts.count }, "a confusion matrix is square")
    self.counts = counts
  }

  /// The share of all images that lie on the diagonal; 0 without images.
  package var accuracy: Double {
    let total = counts.reduce(0) { $0 + $1.reduce(0, +) }
    return total == 0 ? 0 : Double(counts.indices.reduce(0) { $0 + counts[$1][$1] }) / Double(total)
  }

  /// The share of each class's images that was predicted as it: accuracy by class, which is recall; 0 for a class without
  /// images.
  package var recall: [Double] {
    counts.indices.map { label in
      let total = counts[label].reduce(0, +)
      return total == 0 ? 0 : Double(counts[label][label]) / Double(total)
    }
  }

  /// The share of the images predicted as each class that belong to it; 0 for a class that is never predicted.
  package var precision: [Double] {
    counts.indices.map { label in
      let total = counts.reduce(0) { $0 + $1[label] }
      return total == 0 ? 0 : Double(counts[label][label]) / Double(total)
    }
  }

  /// For each class the skewness of its confusion scores: of the five largest rates at which it is taken for another class,
  /// zeros left out. 0 when the rates are all equal or there are none. (SELECT, appendix on confusion skewness.)
  package var confusionSkewness: [Double] {
    counts.indices.map { label in
      let total = Double(counts[label].reduce(0, +))
      let errors = counts[label].indices.filter { $0 != label && counts[label][$0] > 0 }.map { counts[label][$0] }
      return Self.skewness(ofScores: errors.sorted(by: >).prefix(5).map { Double($0) / total })
    }
  }

  /// The biased skewness g₁ of confusion scores; 0 when all are equal or there are none.
  package static func skewness(ofScores scores: [Double]) -> Double { Descriptive.skewness(scores) }
}
