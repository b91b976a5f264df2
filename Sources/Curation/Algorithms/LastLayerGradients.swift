import Core
package import Numerics

/// The gradients of the cross-entropy of each example by the weights and biases of a classifier's last layer, in the
/// factors that they are made of: that of example i is r_i ⊗ (h_i, 1), K × (d + 1) numbers that are never written down.
package struct LastLayerGradients: Sendable {
  /// p − onehot(y), one row an example.
  package let residuals: Matrix
  /// The inputs of the last layer, one row an example.
  package let hidden: Matrix

  package var count: Int { residuals.rows }

  /// - Parameter labels: 0..<classes, one a row of both.
  package init(probabilities: Matrix, hidden: Matrix, labels: [Int32]) {
    precondition(probabilities.rows == labels.count && hidden.rows == labels.count, "one row a label is needed")
    var residuals = probabilities
    for (row, label) in labels.enumerated() { residuals[row, Int(label)] -= 1 }
    self.init(residuals: residuals, hidden: hidden)
  }

  private init(residuals: Matrix, hidden: Matrix) {
    self.residuals = residuals
    self.hidden = hidden
  }

  func selecting(_ rows: [Int]) -> LastLayerGradients {
    LastLayerGradients(residuals: residuals.selecting(rows: rows), hidden: hidden.selecting(rows: rows))
  }

  /// ⟨r_i, r_j⟩ (1 + ⟨h_i, h_j⟩): one row an example of these, one column an example of `others`.
  package func innerProducts(with others: LastLayerGradients) -> Matrix {
    var products = residuals.multiplied(by: others.residuals, transposedOther: true)
    let hiddenProducts = hidden.multiplied(by: others.hidden, transposedOther: true)
    for position in products.values.indices { products.values[position] *= 1 + hiddenProducts.values[position] }
    return products
  }

  /// ‖r_i‖² (1 + ‖h_i‖²).
  package var squaredNorms: [Float] {
    zip(Kernels.rowSquaredNorms(residuals), Kernels.rowSquaredNorms(hidden)).map { $0 * (1 + $1) }
  }

  /// Σ weight_i · gradient_i.
  package func sum(weights: [Float]) -> LayerGradient {
    var weighted = residuals
    for row in 0..<count {
      for column in 0..<residuals.columns { weighted.values[row * residuals.columns + column] *= weights[row] }
    }
    var bias = [Float](repeating: 0, count: residuals.columns)
    Kernels.addColumnSums(of: weighted.values, rows: count, to: &bias)
    return LayerGradient(weights: weighted.multiplied(transposed: true, by: hidden), bias: bias)
  }

  /// The mean gradient of at least one example.
  package var mean: LayerGradient { sum(weights: [Float](repeating: 1 / Float(count), count: count)) }

  /// The inner product of each gradient with a whole one.
  package func innerProducts(with gradient: LayerGradient) -> [Float] {
    let classes = residuals.columns
    var projected = [Float](repeating: 0, count: count * classes)
    LinearKernels.forward(hidden.values, rows: count, weights: gradient.weights, into: &projected)
    return (0..<count).map { row in
      var sum: Float = 0
      for column in 0..<classes {
        sum += residuals.values[row * classes + column] * (projected[row * classes + column] + gradient.bias[column])
      }
      return sum
    }
  }
}

extension LastLayerGradients {
  /// The largest distance between any two, less that of these.
  ///
  /// - Throws: `CancellationError` once nobody wants the result.
  func similarities(context: TaskContext) throws -> Similarities {
    let norms = squaredNorms
    let keeps = count <= Similarities.kept
    var kept: [Float] = []
    if keeps { kept.reserveCapacity(count * count) }
    var largest: Float = 0
    for start in stride(from: 0, to: count, by: 512) {
      try context.proceed(start, of: count)
      let block = distances(of: Array(start..<min(start + 512, count)), norms)
      largest = block.values.reduce(largest) { max($0, $1) }
      if keeps { kept += block.values }
    }
    let limit = largest
    guard !keeps else {
      return .kept(Matrix(rows: count, columns: count, values: kept.map { limit - $0 }))
    }
    return .computed(count: count) { positions in
      var block = distances(of: positions, norms)
      for index in block.values.indices { block.values[index] = limit - block.values[index] }
      return block
    }
  }

  /// One row of these, one column of all.
  private func distances(of rows: [Int], _ norms: [Float]) -> Matrix {
    var block = selecting(rows).innerProducts(with: self)
    for (index, row) in rows.enumerated() {
      for column in 0..<count {
        let product = block.values[index * count + column]
        block.values[index * count + column] = max(norms[row] + norms[column] - 2 * product, 0).squareRoot()
      }
    }
    return block
  }
}

/// One gradient of a last layer.
package struct LayerGradient: Sendable, Hashable {
  /// Classes × hidden.
  package var weights: Matrix
  /// One a class.
  package var bias: [Float]

  static func - (left: LayerGradient, right: LayerGradient) -> LayerGradient {
    var difference = left
    for position in difference.weights.values.indices {
      difference.weights.values[position] -= right.weights.values[position]
    }
    for position in difference.bias.indices { difference.bias[position] -= right.bias[position] }
    return difference
  }
}
