package import Numerics

/// What happens to each example while a classifier learns, looked at after every epoch.
package struct LearningHistory {
  private let labels: [Int32]
  private var wasCorrect: [Bool]
  private var wasEverCorrect: [Bool]
  private var forgotten: [Int]
  private var margins: [Double]

  /// - Parameter labels: the observed label of each example.
  package init(labels: [Int32]) {
    self.labels = labels
    wasCorrect = labels.map { _ in false }
    wasEverCorrect = wasCorrect
    forgotten = labels.map { _ in 0 }
    margins = labels.map { _ in 0 }
  }

  /// Takes note of the class probabilities after one more epoch, one row an example.
  package mutating func record(_ probabilities: Matrix) {
    let predictions = Kernels.rowArgmax(probabilities)
    for (row, label) in labels.enumerated() {
      let isCorrect = predictions[row] == label
      if wasCorrect[row], !isCorrect { forgotten[row] += 1 }
      wasCorrect[row] = isCorrect
      wasEverCorrect[row] = wasEverCorrect[row] || isCorrect
      margins[row] += Double(Self.margin(probabilities, row: row, label: Int(label)))
    }
  }

  /// How often each example was predicted rightly after one epoch and wrongly after the next; infinite for an example that
  /// was never predicted rightly (Toneva et al., An Empirical Study of Example Forgetting, ICLR 2019).
  package var forgetting: [Float] {
    zip(forgotten, wasEverCorrect).map { $1 ? Float($0) : .infinity }
  }

  /// Σ_epochs (p_y − max_{k≠y} p_k): the area under the margin (Pleiss et al., NeurIPS 2020), of probabilities as in Zheng
  /// et al., ICLR 2023.
  package var marginSums: [Float] { margins.map { Float($0) } }

  private static func margin(_ probabilities: Matrix, row: Int, label: Int) -> Float {
    var other = -Float.infinity
    for column in 0..<probabilities.columns where column != label { other = max(other, probabilities[row, column]) }
    return probabilities[row, label] - other
  }
}
