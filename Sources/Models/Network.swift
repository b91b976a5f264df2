import Core
package import Numerics

/// A trained (or freshly initialised) classifier; a value, so that it can be sent anywhere.
package struct Network: Hashable, Sendable {
  package let architecture: Architecture
  /// How the pixels of its training set became inputs; the same is done to every image that it sees later.
  package let normalisation: PixelNormalisation
  /// From the input to the classes.
  package internal(set) var layers: [Layer]

  /// One fully connected layer: output = weights · input + bias.
  package struct Layer: Hashable, Sendable {
    /// outputs × inputs.
    package var weights: Matrix
    /// One an output.
    package var bias: [Float]

    package init(weights: Matrix, bias: [Float]) {
      precondition(weights.rows == bias.count, "one bias an output")
      self.weights = weights
      self.bias = bias
    }
  }

  /// How many classes it tells apart.
  package var classes: Int { architecture.classes }

  /// Takes layers that fit the architecture; traps otherwise.
  package init(_ architecture: Architecture, normalisation: PixelNormalisation = .fashionMNIST, layers: [Layer]) {
    let widths = architecture.widths
    precondition(
      layers.map(\.weights.columns) == Array(widths.dropLast())
        && layers.map(\.weights.rows) == Array(widths.dropFirst()),
      "the layers do not fit the architecture")
    self.architecture = architecture
    self.normalisation = normalisation
    self.layers = layers
  }

  /// PyTorch's default initialisation of linear layers, U(±1/√inputs) for weights and biases, from `seed`.
  package init(_ architecture: Architecture, normalisation: PixelNormalisation = .fashionMNIST, seed: UInt64) {
    var generator = SeededGenerator(seed: seed, purpose: "initialisation")
    let widths = architecture.widths
    let layers = zip(widths, widths.dropFirst()).map { Layer(inputs: $0, outputs: $1, generator: &generator) }
    self.init(architecture, normalisation: normalisation, layers: layers)
  }

  /// The same body under a freshly initialised last layer of `classes` (≥ 2) outputs: where fine-tuning starts.
  package func withFreshHead(classes: Int, seed: UInt64) -> Network {
    var generator = SeededGenerator(seed: seed, purpose: "fresh head")
    let body = layers.dropLast()
    let head = Layer(inputs: layers.last!.weights.columns, outputs: classes, generator: &generator)
    return Network(
      Architecture(inputs: architecture.inputs, hidden: architecture.hidden, classes: classes),
      normalisation: normalisation, layers: body + [head])
  }
}

extension Network.Layer {
  fileprivate init(inputs: Int, outputs: Int, generator: inout SeededGenerator) {
    let bound = 1 / Double(inputs).squareRoot()
    let weights = Self.draw(outputs * inputs, within: bound, &generator)
    self.init(
      weights: Matrix(rows: outputs, columns: inputs, values: weights),
      bias: Self.draw(outputs, within: bound, &generator))
  }

  private static func draw(_ count: Int, within bound: Double, _ generator: inout SeededGenerator) -> [Float] {
    (0..<count).map { _ in Float(generator.uniform(in: -bound..<bound)) }
  }
}
