import Core
package import Numerics

/// What class probabilities are worth, given the true labels.
package struct Classification: Hashable, Sendable {
  package let confusion: ConfusionMatrix
  /// The share of images whose class is among the five most probable; nil with five classes or fewer.
  package let topFive: Double?
  /// Mean negative logarithm of the true class's probability (at least the smallest normal float), in nats.
  package let negativeLogLikelihood: Double
  /// Mean over the images of Σₖ (pₖ − yₖ)², between 0 and 2 (Brier 1950).
  package let brier: Double
  /// Expected calibration error: 15 bins of confidence of equal width, (lower, upper] (Guo et al. 2017).
  package let calibrationError: Double

  /// - Parameters:
  ///   - probabilities: one row an image, one column a class.
  ///   - labels: the true class of each image.
  package init(probabilities: Matrix, labels: [Int32]) {
    self.init(probabilities: probabilities, predictions: Kernels.rowArgmax(probabilities), labels: labels)
  }

  /// The same with `predictions` that are not simply the most probable classes.
  init(probabilities: Matrix, predictions: [Int32], labels: [Int32]) {
    precondition(probabilities.rows == labels.count && !labels.isEmpty, "one row of probabilities an image")
    let classes = probabilities.columns
    var amongFive = 0
    var (likelihood, brier) = (0.0, 0.0)
    var bins = CalibrationBins()
    for (image, label) in labels.enumerated() {
      let start = image * classes
      let own = probabilities.values[start + Int(label)]
      var ahead = 0
      var distance = 0.0
      for column in 0..<classes {
        let probability = probabilities.values[start + column]
        if probability > own || (probability == own && column < Int(label)) { ahead += 1 }
        let gap = Double(probability) - (column == Int(label) ? 1 : 0)
        distance += gap * gap
      }
      if ahead < 5 { amongFive += 1 }
      likelihood -= PortableMath.log(Double(max(own, .leastNormalMagnitude)))
      brier += distance
      bins.add(
        confidence: Double(probabilities.values[start + Int(predictions[image])]), isRight: predictions[image] == label)
    }
    let count = Double(labels.count)
    confusion = ConfusionMatrix(labels: labels, predictions: predictions, classes: classes)
    topFive = classes > 5 ? Double(amongFive) / count : nil
    negativeLogLikelihood = likelihood / count
    self.brier = brier / count
    calibrationError = bins.error
  }

  /// The metrics by name, those of the worst classes (among those with test images) included.
  package var metrics: [String: Double] {
    var metrics = [
      "accuracy": confusion.accuracy, "nll": negativeLogLikelihood, "brier": brier, "ece": calibrationError,
    ]
    metrics["accuracy.top5"] = topFive
    let worst = zip(confusion.recall, confusion.counts).filter { $1.contains { $0 > 0 } }.map(\.0).sorted()
    let tenth = worst.prefix(max(1, worst.count / 10))
    metrics["accuracy.worst-class"] = worst.first
    metrics["accuracy.worst-tenth"] = tenth.reduce(0, +) / Double(tenth.count)
    return metrics
  }
}

/// Sums of confidence and of right answers by confidence.
private struct CalibrationBins {
  private static let bins = 15
  private var gaps = [Double](repeating: 0, count: bins)
  private var count = 0

  mutating func add(confidence: Double, isRight: Bool) {
    let bin = Int((confidence * Double(Self.bins)).rounded(.up)) - 1
    gaps[max(0, min(Self.bins - 1, bin))] += confidence - (isRight ? 1 : 0)
    count += 1
  }

  /// Σ over the bins of (share of images) × |mean confidence − accuracy|, which is Σ |Σ (confidence − right)| / images.
  var error: Double { gaps.reduce(0) { $0 + abs($1) } / Double(count) }
}
