import Core
package import Numerics
import Sweeps

/// Simulated crowd annotators: each answers with one class, or with "none of these" (−1).
///
/// An annotator is right on an image with a probability that falls as the image looks more like another class; its mean
/// over the images is ``accuracy``. A wrong answer is a class that the image resembles. "None of these" is the right
/// answer for a distractor only, and then given with probability ``accuracy``.
package struct Annotators {
  /// The published accuracy of crowd workers on this data set (Xiao, Rasul & Vollgraf 2017).
  package static let accuracy = 0.835
  /// How much the log-odds of a right answer grow with the margin in cosine over the nearest other class.
  static let marginSlope = 8.0
  /// Cosine over which the odds of a wrong class change by e.
  static let confusionScale = 0.1

  static let statement = Remark(.simulatedAnnotators, numbers: ["accuracy": accuracy])

  private let labels: [Int32]
  private let similarities: Matrix
  private let rightProbabilities: [Double]

  /// - Parameters:
  ///   - labels: the true labels; −1 for distractors.
  ///   - similarities: the cosine of each image (row) with the centre of each class (column).
  package init(labels: [Int32], similarities: Matrix) {
    self.labels = labels
    self.similarities = similarities
    rightProbabilities = Self.calibrated(labels.indices.map { Self.margin($0, labels, similarities) })
  }

  /// The majority of `votes` answers an image; of equally frequent answers, the one that came first.
  package func majorities(votes: Int, seed: UInt64) -> (labels: [Int32], accuracyPerVote: Double) {
    var ballots = [[Int32]](repeating: [], count: labels.count)
    var right = 0
    for vote in 0..<votes {
      // A stream a vote: more votes leave the first ones as they were.
      var generator = SeededGenerator(seed: seed, purpose: "crowdsourced/vote \(vote)")
      for image in labels.indices {
        let answer = answer(image, &generator)
        right += answer == labels[image] ? 1 : 0
        ballots[image].append(answer)
      }
    }
    return (ballots.map(Self.majority), Double(right) / Double(max(1, labels.count * votes)))
  }

  private func answer(_ image: Int, _ generator: inout SeededGenerator) -> Int32 {
    // Two draws whatever the answer, so that the streams stay aligned.
    let (first, second) = (generator.uniform(), generator.uniform())
    if first < rightProbabilities[image] { return labels[image] }
    let weights = (0..<similarities.columns).map {
      Int32($0) == labels[image] ? 0 : PortableMath.exp(Double(similarities[image, $0]) / Self.confusionScale)
    }
    var remaining = second * weights.reduce(0, +)
    for (label, weight) in weights.enumerated() {
      remaining -= weight
      if remaining < 0 { return Int32(label) }
    }
    return labels[image] == 0 ? 1 : 0
  }

  package static func majority(_ ballots: [Int32]) -> Int32 {
    var winner: (label: Int32, count: Int) = (-1, 0)
    for label in ballots {
      let count = ballots.count { $0 == label }
      if count > winner.count { winner = (label, count) }
    }
    return winner.label
  }

  /// How much nearer the image is to its own class than to any other; nil for distractors.
  private static func margin(_ image: Int, _ labels: [Int32], _ similarities: Matrix) -> Double? {
    guard labels[image] >= 0 else { return nil }
    let row = similarities.row(image)
    let own = row[Int(labels[image])]
    let other = row.indices.filter { $0 != Int(labels[image]) }.map { row[$0] }.max() ?? own
    return Double(own - other)
  }

  /// A logistic function of the margin whose offset is found by bisection, so that the mean is ``accuracy``.
  private static func calibrated(_ margins: [Double?]) -> [Double] {
    func probabilities(_ offset: Double) -> [Double] {
      margins.map { margin in
        margin.map { 1 / (1 + PortableMath.exp(-(offset + marginSlope * $0))) } ?? accuracy
      }
    }
    var (low, high) = (-20.0, 20.0)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      let mean = probabilities(middle).reduce(0, +) / Double(max(1, margins.count))
      if mean < accuracy { low = middle } else { high = middle }
    }
    return probabilities((low + high) / 2)
  }
}
