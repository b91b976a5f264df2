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
  /// Right answers and images of two halves of the images: of each class the first, third, … and the second, fourth, …
  package let halves: [Half]
  /// Expected calibration error: 15 bins of confidence of equal width, (lower, upper] (Guo et al. 2017).
  package let calibrationError: Double

  package struct Half: Hashable, Sendable {
    package fileprivate(set) var right = 0
    package fileprivate(set) var images = 0
  }

  /// With five classes or fewer the true one is always among the five most probable.
  static func hasTopFive(classes: Int) -> Bool { classes > 5 }

  /// - Parameters:
  ///   - probabilities: one row an image, one column a class.
  ///   - labels: the true class of each image.
  package init(probabilities: Matrix, labels: [Int32]) {
    self.init(probabilities: probabilities, predictions: Kernels.rowArgmax(probabilities), labels: labels)
  }

  /// The same with `predictions` that are not simply the most probable classes.
  init(probabilities: Matrix, predictions: [Int32], labels: [Int32]) {
    var tally = ClassificationTally(classes: probabilities.columns)
    tally.add(probabilities, predictions: predictions, labels: labels)
    self = tally.result
  }

  fileprivate init(
    confusion: ConfusionMatrix, halves: [Half], topFive: Double?, negativeLogLikelihood: Double, brier: Double,
    calibrationError: Double
  ) {
    self.confusion = confusion
    self.halves = halves
    self.topFive = topFive
    self.negativeLogLikelihood = negativeLogLikelihood
    self.brier = brier
    self.calibrationError = calibrationError
  }

  /// The metrics by name, those of the worst classes (among those with test images) included.
  package var metrics: [String: Double] {
    var metrics = [
      "accuracy": confusion.accuracy, "nll": negativeLogLikelihood, "brier": brier, "ece": calibrationError,
    ]
    metrics["accuracy.top5"] = topFive
    let worst = zip(confusion.recall, confusion.support).filter { $1 > 0 }.map(\.0).sorted()
    let tenth = worst.prefix(max(1, worst.count / 10))
    metrics["accuracy.worst-class"] = worst.first
    metrics["accuracy.worst-tenth"] = tenth.reduce(0, +) / Double(tenth.count)
    return metrics
  }

  /// The accuracy on either half, as `NAME.half-1` and `NAME.half-2`, with the numbers of images; nothing where a half is empty.
  func halves(of name: String) -> (metrics: [String: Double], counts: [String: Int]) {
    guard halves.allSatisfy({ $0.images > 0 }) else { return ([:], [:]) }
    let named = halves.enumerated().map { ("\(name).half-\($0 + 1)", $1) }
    return (
      Dictionary(uniqueKeysWithValues: named.map { ($0, Double($1.right) / Double($1.images)) }),
      Dictionary(uniqueKeysWithValues: named.map { ($0, $1.images) })
    )
  }

  /// How many images it is about.
  var images: Int { confusion.support.reduce(0, +) }

  /// What the shares among ``metrics`` are shares of. Those of the worst classes have one only when all classes have equally
  /// many test images, for then a mean of accuracies is a share of all of them.
  var counts: [String: Int] {
    var counts = ["accuracy": images]
    if topFive != nil { counts["accuracy.top5"] = images }
    let support = confusion.support.filter { $0 > 0 }
    if let size = support.first, support.allSatisfy({ $0 == size }) {
      counts["accuracy.worst-class"] = size
      counts["accuracy.worst-tenth"] = size * max(1, support.count / 10)
    }
    return counts
  }
}

/// A ``Classification`` that is counted part by part, so that no more than a part of the probabilities is ever there.
struct ClassificationTally {
  private let classes: Int
  private var (labels, predictions): ([Int32], [Int32]) = ([], [])
  private var amongFive = 0
  private var (likelihood, brier) = (0.0, 0.0)
  private var bins = CalibrationBins()

  init(classes: Int) { self.classes = classes }

  /// Adds images: one row of probabilities, one prediction and one true label each.
  mutating func add(_ probabilities: Matrix, predictions: [Int32], labels: [Int32]) {
    precondition(
      probabilities.rows == labels.count && probabilities.columns == classes, "one row of probabilities an image")
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
    self.labels += labels
    self.predictions += predictions
  }

  /// What all images together are worth; there is at least one.
  var result: Classification {
    precondition(!labels.isEmpty, "a classification needs an image")
    var seen = [Int](repeating: 0, count: classes)
    var halves = [Classification.Half(), Classification.Half()]
    for (label, prediction) in zip(labels, predictions) {
      let half = seen[Int(label)] % 2
      seen[Int(label)] += 1
      halves[half].images += 1
      if label == prediction { halves[half].right += 1 }
    }
    let count = Double(labels.count)
    return Classification(
      confusion: ConfusionMatrix(labels: labels, predictions: predictions, classes: classes), halves: halves,
      topFive: Classification.hasTopFive(classes: classes) ? Double(amongFive) / count : nil,
      negativeLogLikelihood: likelihood / count,
      brier: brier / count, calibrationError: bins.error)
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
