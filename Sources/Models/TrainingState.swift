import Numerics

/// A network in training with all the buffers that its steps need; nothing is allocated between steps.
struct TrainingState {
  private(set) var network: Network
  private let recipe: Recipe
  /// One a parameter. Between steps it holds momentum · velocity + decay · weights, so that the gradient of the next step
  /// is accumulated on top of it.
  private(set) var velocity: [Network.Layer]
  private var forward: ForwardPass
  /// The gradients of each layer's outputs.
  private var gradients: [[Float]]
  private var labels: [Int32]

  init(_ network: Network, recipe: Recipe, batch: Int) {
    self.network = network
    self.recipe = recipe
    velocity = network.layers.map { layer in
      Network.Layer(
        weights: Matrix(
          rows: layer.weights.rows, columns: layer.weights.columns,
          values: layer.weights.values.map { recipe.weightDecay * $0 }),
        bias: layer.bias.map { recipe.weightDecay * $0 })
    }
    forward = ForwardPass(network.architecture, batch: batch)
    gradients = network.layers.map { [Float](repeating: 0, count: batch * $0.bias.count) }
    labels = [Int32](repeating: 0, count: batch)
  }

  /// One step on the samples at `indices`, of which there must be at least one.
  mutating func step(_ set: TrainingSet, at indices: ArraySlice<Int>, learningRate: Float) {
    for (row, index) in indices.enumerated() { labels[row] = set.labels[index] }
    forward.gather(set.inputs, at: indices, normalisation: set.normalisation)
    forward.run(network, layers: network.layers.count)
    startBackward()
    let step = MomentumStep(rate: learningRate, momentum: recipe.momentum, decay: recipe.weightDecay)
    for index in network.layers.indices.reversed() {
      backward(layer: index)
      descend(layer: index, step)
    }
  }

  /// Swaps the logits with the last gradient buffer and turns them into the gradient of the mean loss.
  private mutating func startBackward() {
    let last = network.layers.count
    swap(&forward.activations[last], &gradients[last - 1])
    Kernels.crossEntropyGradient(
      &gradients[last - 1], labels: labels, rows: forward.rows, columns: network.architecture.classes,
      smoothing: recipe.labelSmoothing, scale: 1 / Float(forward.rows))
  }

  /// From the gradient of a layer's outputs to that of the outputs of the layer before it; the first layer has none.
  private mutating func backward(layer index: Int) {
    guard index > 0 else { return }
    let weights = network.layers[index].weights
    LinearKernels.backward(
      gradient: gradients[index], rows: forward.rows, weights: weights, into: &gradients[index - 1])
    Kernels.rectifyBackward(
      &gradients[index - 1], activation: forward.activations[index], count: forward.rows * weights.columns)
  }

  /// From the gradient of a layer's outputs to its new parameters.
  private mutating func descend(layer index: Int, _ step: MomentumStep) {
    LinearKernels.descend(
      gradient: gradients[index], input: forward.activations[index], rows: forward.rows,
      weights: &network.layers[index].weights, velocity: &velocity[index].weights, step: step)
    Kernels.addColumnSums(of: gradients[index], rows: forward.rows, to: &velocity[index].bias)
    Kernels.momentumUpdate(weights: &network.layers[index].bias, velocity: &velocity[index].bias, step: step)
  }
}
