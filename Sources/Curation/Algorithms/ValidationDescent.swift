package import Core
package import Numerics

/// GLISTER: examples whose gradient steps most lower the loss of a validation set (Killamsetty et al., AAAI 2021), on the
/// last layer of a proxy.
package enum ValidationDescent {
  /// The examples that the others are judged by.
  package struct Validation: Sendable {
    /// One row an example, one column a class.
    package var logits: Matrix
    package let hidden: Matrix
    package let labels: [Int32]

    package init(logits: Matrix, hidden: Matrix, labels: [Int32]) {
      self.logits = logits
      self.hidden = hidden
      self.labels = labels
    }

    /// The gradient of the mean loss.
    package var gradient: LayerGradient {
      var probabilities = logits
      Kernels.softmax(&probabilities.values, rows: logits.rows, columns: logits.columns)
      return LastLayerGradients(probabilities: probabilities, hidden: hidden, labels: labels).mean
    }

    /// Moves the last layer by −`step` times a gradient r ⊗ (h, 1).
    package mutating func descend(residual: [Float], hidden other: [Float], step: Float) {
      var products = [Float](repeating: 0, count: hidden.rows)
      LinearKernels.forward(
        hidden.values, rows: hidden.rows, weights: Matrix(rows: 1, columns: other.count, values: other), into: &products
      )
      for row in 0..<logits.rows {
        for column in 0..<logits.columns { logits[row, column] -= step * residual[column] * (1 + products[row]) }
      }
    }
  }

  /// Picks `count` of `gradients`: each next one has the largest inner product with the gradient of the validation loss,
  /// which is computed anew after each pick, as if the last layer had moved by −`step` times the pick's gradient. The
  /// lower position wins a tie.
  ///
  /// - Parameter refreshes: false to rank by the first gradient alone, as DeepCore's code does.
  /// - Returns: the picks, and by how much each lowers the validation loss to first order.
  /// - Throws: `CancellationError` once nobody wants the result.
  package static func select(
    _ count: Int, of gradients: LastLayerGradients, validation: Validation, step: Float, refreshes: Bool = true,
    context: TaskContext = .unobserved
  ) throws -> (picks: [Int], gains: [Double]) {
    precondition((0...gradients.count).contains(count), "\(count) of \(gradients.count) cannot be picked")
    var validation = validation
    var scores = gradients.innerProducts(with: validation.gradient)
    guard refreshes else {
      let picks = Ranking.largest(count, of: scores)
      return (picks, picks.map { Double(step * scores[$0]) })
    }
    var (picks, gains, isPicked) = ([Int](), [Double](), [Bool](repeating: false, count: gradients.count))
    while picks.count < count {
      try context.proceed(picks.count, of: count)
      let pick = Ranking.argmax(scores.indices.map { isPicked[$0] ? -.infinity : scores[$0] })
      isPicked[pick] = true
      picks.append(pick)
      gains.append(Double(step * scores[pick]))
      validation.descend(residual: gradients.residuals.row(pick), hidden: gradients.hidden.row(pick), step: step)
      scores = gradients.innerProducts(with: validation.gradient)
    }
    return (picks, gains)
  }
}
