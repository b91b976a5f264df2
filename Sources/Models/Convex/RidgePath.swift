import Core
import Numerics

/// The ridge regressions of one set of rows on their classes, for any penalty: one decomposition serves all.
///
/// With XᵀX / n = Σ sⱼ vⱼ vⱼᵀ of the centred rows and aᵢⱼ = xᵢ·vⱼ, the predictions are ȳ + Σⱼ aᵢⱼ (sⱼ + λ)⁻¹ (aⱼ·y) / n, the
/// leverage of row i is hᵢ = 1 / n + Σⱼ aᵢⱼ² (sⱼ + λ)⁻¹ / n, and what is left of target i by the regression on all other rows
/// is (yᵢ − ŷᵢ) / (1 − hᵢ) (Allen 1974; Golub, Heath and Wahba 1979).
struct RidgePath {
  /// What leave-one-out says of a penalty.
  struct Choice {
    let penalty: Double
    /// The mean over the rows of the squared distance of target and prediction.
    let error: Double
    /// What the predictions, taken as logits, must be multiplied by for the least mean cross-entropy.
    let sharpness: Double
  }

  private let spectrum: RowSpectrum
  /// The aᵢⱼ, in the blocks of the rows.
  private let coordinates: [Matrix]
  /// (aⱼ·y) / n, one row a direction.
  private let correlations: [Double]
  private let labels: [Int32]
  private let shares: [Double]
  private let classes: Int

  /// - Parameters:
  ///   - blocks: rows whose columns have mean 0, at least one; all blocks but the last of ``TrainingSet/blockRows`` rows.
  ///   - labels: one a row, in 0..<classes.
  init(blocks: [Matrix], labels: [Int32], classes: Int, context: TaskContext) throws {
    let decomposing = context.part(from: 0, to: 0.7)
    spectrum = try RowSpectrum(of: blocks) { try decomposing.proceed($0, of: $1) }
    let projecting = context.part(from: 0.7, to: 1)
    coordinates = try blocks.enumerated().map { [spectrum] index, block in
      try projecting.proceed(index, of: blocks.count)
      return block.largeProduct(by: spectrum.directions, transposedOther: true)
    }
    (self.labels, self.classes) = (labels, classes)
    var counts = [Double](repeating: 0, count: classes)
    for label in labels { counts[Int(label)] += 1 }
    let count = Double(labels.count)
    shares = counts.map { $0 / count }
    let rank = spectrum.values.count
    var sums = [Double](repeating: 0, count: rank * classes)
    Self.forEachRow(of: coordinates) { values, row, position in
      let label = Int(labels[position])
      for direction in 0..<rank { sums[direction * classes + label] += Double(values[row * rank + direction]) }
    }
    correlations = sums.map { $0 / count }
  }

  /// The penalty with the least error; the larger of two that are equal. There must be one.
  func best(of penalties: [Double], context: TaskContext) throws -> Choice {
    let choosing = context.part(from: 0, to: 0.9)
    var best: (penalty: Double, error: Double, predictions: [Double])?
    for (index, penalty) in penalties.enumerated() {
      let predictions = try leftOut(penalty, context: choosing.part(index, of: penalties.count))
      let error = error(of: predictions)
      if best.map({ error < $0.error || (error == $0.error && penalty > $0.penalty) }) ?? true {
        best = (penalty, error, predictions)
      }
    }
    let (penalty, error, predictions) = best!
    let sharpness = try Sharpness(scores: predictions, labels: labels, classes: classes)
      .best(context: context.part(from: 0.9, to: 1))
    return Choice(penalty: penalty, error: error, sharpness: sharpness)
  }

  private func error(of predictions: [Double]) -> Double {
    var error = 0.0
    for (row, label) in labels.enumerated() {
      for column in 0..<classes {
        let difference = (column == Int(label) ? 1 : 0) - predictions[row * classes + column]
        error += difference * difference
      }
    }
    return error / Double(labels.count)
  }

  /// The regression on all rows: weights, classes × columns row after row, and biases.
  func solution(_ penalty: Double) -> (weights: [Double], bias: [Double]) {
    let columns = spectrum.directions.columns
    var weights = [Double](repeating: 0, count: classes * columns)
    for (direction, value) in spectrum.values.enumerated() {
      for label in 0..<classes {
        let factor = correlations[direction * classes + label] / (value + penalty)
        for column in 0..<columns {
          weights[label * columns + column] += factor * Double(spectrum.directions[direction, column])
        }
      }
    }
    return (weights, shares)
  }

  /// For each row the predictions of the regression on all others.
  private func leftOut(_ penalty: Double, context: TaskContext) throws -> [Double] {
    let (rank, count) = (spectrum.values.count, Double(labels.count))
    let shrinkage = spectrum.values.map { 1 / ($0 + penalty) }
    var factors = Matrix(rows: rank, columns: classes)
    for place in correlations.indices {
      factors.values[place] = Float(correlations[place] * shrinkage[place / classes])
    }
    var result: [Double] = []
    result.reserveCapacity(labels.count * classes)
    for (index, block) in coordinates.enumerated() {
      try context.proceed(index, of: coordinates.count)
      let products = block.largeProduct(by: factors)
      for row in 0..<block.rows {
        var leverage = 1.0
        for direction in 0..<rank {
          let value = Double(block.values[row * rank + direction])
          leverage += value * value * shrinkage[direction]
        }
        // A row alone on its direction has leverage 1 but for rounding, and tells nothing without itself.
        let rest = max(1 - leverage / count, 1e-9)
        let label = Int(labels[index * TrainingSet.blockRows + row])
        for column in 0..<classes {
          let target = column == label ? 1.0 : 0
          let fitted = shares[column] + Double(products.values[row * classes + column])
          result.append(target - (target - fitted) / rest)
        }
      }
    }
    return result
  }

  /// Calls `body` with the values of the block, the row in it and the row's place among all.
  private static func forEachRow(of blocks: [Matrix], _ body: ([Float], Int, Int) -> Void) {
    var position = 0
    for block in blocks {
      for row in 0..<block.rows {
        body(block.values, row, position)
        position += 1
      }
    }
  }
}

/// The factor by which scores become the logits with the least mean cross-entropy: the root of its derivative, which grows.
struct Sharpness {
  let scores: [Double]
  let labels: [Int32]
  let classes: Int

  private static let range = -8.0...8.0
  private static let halvings = 20
  /// So many rows, evenly spaced, tell the factor well enough.
  private static let sampled = 10_000

  /// From 2⁻⁸ to 2⁸; found by halving the range of its logarithm.
  func best(context: TaskContext) throws -> Double {
    var (low, high) = (Self.range.lowerBound, Self.range.upperBound)
    for halving in 0..<Self.halvings {
      try context.proceed(halving, of: Self.halvings)
      let middle = (low + high) / 2
      if slope(at: PortableMath.pow(2, middle)) < 0 { low = middle } else { high = middle }
    }
    return PortableMath.pow(2, (low + high) / 2)
  }

  /// Σ over the rows of the expected score minus that of the label.
  private func slope(at factor: Double) -> Double {
    var slope = 0.0
    let count = min(labels.count, Self.sampled)
    for sample in 0..<count {
      let row = sample * labels.count / count
      let own = scores[row * classes..<(row + 1) * classes]
      let top = own.reduce(-.infinity, max)
      var (sum, weighted) = (0.0, 0.0)
      for score in own {
        let power = PortableMath.exp(factor * (score - top))
        sum += power
        weighted += power * score
      }
      slope += weighted / sum - own[own.startIndex + Int(labels[row])]
    }
    return slope
  }
}
