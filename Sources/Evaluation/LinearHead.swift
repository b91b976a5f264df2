import Core
import Learning
import Numerics

/// A fresh linear classifier on top of fixed features: softmax regression by stochastic gradient descent.
struct LinearHead {
  private var weights: Matrix
  private var bias: [Float]
  /// (feature − mean) · scale, from the training features, so that one learning rate fits every body.
  private let means: [Float]
  private let scales: [Float]

  static let epochs = 20
  static let recipe: Recipe = {
    var recipe = Recipe(steps: 0, learningRate: 0.02)
    recipe.batch = 64
    recipe.weightDecay = 1e-3
    return recipe
  }()

  /// Trains on one row of features an image, at least one, with labels in 0..<classes. The order depends on `seed` alone.
  init(training features: Matrix, labels: [Int32], classes: Int, seed: UInt64) {
    (means, scales) = Self.moments(features)
    weights = Matrix(rows: classes, columns: features.columns)
    bias = [Float](repeating: 0, count: classes)
    train(on: standardised(features), labels: labels, seed: seed)
  }

  /// The share of rows whose label is predicted.
  func accuracy(on features: Matrix, labels: [Int32]) -> Double {
    let inputs = standardised(features)
    var logits = Matrix(rows: inputs.rows, columns: bias.count)
    LinearKernels.forward(inputs.values, rows: inputs.rows, weights: weights, into: &logits.values)
    Kernels.addBias(bias, to: &logits.values, rows: inputs.rows)
    return Double(zip(Kernels.rowArgmax(logits), labels).count { $0 == $1 }) / Double(labels.count)
  }

  private mutating func train(on inputs: Matrix, labels: [Int32], seed: UInt64) {
    let batch = min(Self.recipe.batch, inputs.rows)
    var recipe = Self.recipe
    recipe.steps = Self.epochs * ((inputs.rows + batch - 1) / batch)
    var gathered = [Float](repeating: 0, count: batch * inputs.columns)
    var gradient = [Float](repeating: 0, count: batch * bias.count)
    var velocity = Matrix(rows: weights.rows, columns: weights.columns)
    var biasVelocity = [Float](repeating: 0, count: bias.count)
    var step = 0
    for epoch in 0..<Self.epochs {
      var generator = SeededGenerator(seed: seed, purpose: "transfer head/epoch \(epoch)")
      let order = generator.permutation(inputs.rows)
      for start in stride(from: 0, to: order.count, by: batch) {
        let indices = order[start..<min(start + batch, order.count)]
        for (row, index) in indices.enumerated() {
          gathered.replaceSubrange(
            row * inputs.columns..<(row + 1) * inputs.columns,
            with: inputs.values[index * inputs.columns..<(index + 1) * inputs.columns])
        }
        LinearKernels.forward(gathered, rows: indices.count, weights: weights, into: &gradient)
        Kernels.addBias(bias, to: &gradient, rows: indices.count)
        Kernels.crossEntropyGradient(
          &gradient, labels: indices.map { labels[$0] }, rows: indices.count, columns: bias.count, smoothing: 0,
          scale: 1 / Float(indices.count))
        let rate = MomentumStep(
          rate: recipe.learningRate(at: step), momentum: recipe.momentum, decay: recipe.weightDecay)
        LinearKernels.descend(
          gradient: gradient, input: gathered, rows: indices.count, weights: &weights, velocity: &velocity, step: rate)
        Kernels.addColumnSums(of: gradient, rows: indices.count, to: &biasVelocity)
        Kernels.momentumUpdate(weights: &bias, velocity: &biasVelocity, step: rate)
        step += 1
      }
    }
  }

  private func standardised(_ features: Matrix) -> Matrix {
    var result = features
    for row in 0..<features.rows {
      let start = row * features.columns
      for column in 0..<features.columns {
        result.values[start + column] = (result.values[start + column] - means[column]) * scales[column]
      }
    }
    return result
  }

  /// Means, and 1 / deviations; 0 for a feature that never changes.
  private static func moments(_ features: Matrix) -> (means: [Float], scales: [Float]) {
    var (sums, squares) = (
      [Double](repeating: 0, count: features.columns), [Double](repeating: 0, count: features.columns)
    )
    for row in 0..<features.rows {
      let start = row * features.columns
      for column in 0..<features.columns {
        let value = Double(features.values[start + column])
        sums[column] += value
        squares[column] += value * value
      }
    }
    let count = Double(features.rows)
    let scales = sums.indices.map { column in
      let variance = squares[column] / count - (sums[column] / count) * (sums[column] / count)
      return variance > 1e-12 ? Float(1 / variance.squareRoot()) : 0
    }
    return (sums.map { Float($0 / count) }, scales)
  }
}
