import Core
package import Numerics
package import Samples

/// A layer of a network, with its parameters.
package enum Layer: Hashable, Sendable {
  /// Fully connected: `output = weights · input + bias`.
  ///
  /// - weights: outputs × inputs.
  /// - bias: One an output.
  case linear(weights: Matrix, bias: [Float])
  /// `max(x, 0)` of every number.
  case rectifier

  /// The shape of what comes out for inputs of a shape; nil when they do not fit.
  package func outputShape(for input: SampleShape) -> SampleShape? {
    switch self {
    case .linear(let weights, let bias):
      guard weights.columns == input.size, weights.rows == bias.count, !bias.isEmpty else { return nil }
      return .vector(width: weights.rows)
    case .rectifier: return input
    }
  }

  /// The numbers that training determines.
  package var parameters: Int {
    switch self {
    case .linear(let weights, let bias): weights.values.count + bias.count
    case .rectifier: 0
    }
  }

  /// PyTorch's default initialisation of a fully connected layer: U(±1/√inputs) for weights and biases.
  static func linear(inputs: Int, outputs: Int, _ generator: inout SeededGenerator) -> Layer {
    let bound = 1 / Double(inputs).squareRoot()
    func draw(_ count: Int) -> [Float] {
      (0..<count).map { _ in Float(generator.uniform(in: -bound..<bound)) }
    }
    let weights = Matrix(rows: outputs, columns: inputs, values: draw(outputs * inputs))
    return .linear(weights: weights, bias: draw(outputs))
  }
}
