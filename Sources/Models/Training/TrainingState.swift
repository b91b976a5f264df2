import Numerics

/// A network in training with all the buffers that its steps need; nothing is allocated between steps.
struct TrainingState {
  private let start: Network
  private let recipe: Recipe
  private var stages: [any Stage]
  private var forward: ForwardPass
  /// The gradients of each stage's outputs.
  private var gradients: [[Float]]
  private var labels: [Int32]
  /// The first stage with parameters; nobody needs a gradient before it.
  private let firstLearning: Int

  init(_ start: Network, recipe: Recipe, batch: Int) {
    self.start = start
    self.recipe = recipe
    stages = start.stages()
    for index in stages.indices { stages[index].startTraining(weightDecay: recipe.weightDecay) }
    firstLearning = stages.firstIndex { $0.learns } ?? stages.count
    forward = ForwardPass(start, stages, batch: batch)
    gradients = stages.map { [Float](repeating: 0, count: $0.buffer(rows: batch)) }
    labels = [Int32](repeating: 0, count: batch)
  }

  /// The network as it is now.
  var network: Network { start.with(layers: stages.flatMap(\.layers)) }

  /// One step on the samples at `indices`, of which there must be at least one.
  ///
  /// - Parameters:
  ///   - change: what is done to the inputs, one row a sample, before they are learnt from.
  ///   - proceed: called before whatever is costly, forward and back; once it throws, the step is half done.
  mutating func step(
    _ set: TrainingSet, at indices: ArraySlice<Int>, learningRate: Float, change: (inout [Float], Int) -> Void,
    proceed: () throws -> Void
  ) rethrows {
    for (row, index) in indices.enumerated() { labels[row] = set.labels[index] }
    forward.gather(set.inputs, at: indices)
    change(&forward.activations[0], forward.rows)
    try forward.run(&stages, count: stages.count, proceed: proceed)
    startBackward()
    let step = MomentumStep(rate: learningRate, momentum: recipe.momentum, decay: recipe.weightDecay)
    for index in stages.indices.reversed() where index >= firstLearning {
      if stages[index].isCostly { try proceed() }
      let (input, rows) = (forward.activations[index], forward.rows)
      stages[index].passActivation(&gradients[index], output: forward.activations[index + 1], rows: rows)
      if index > firstLearning {
        stages[index].backward(gradients[index], input: input, rows: rows, into: &gradients[index - 1])
      }
      stages[index].descend(gradients[index], input: input, rows: rows, step)
    }
  }

  /// Swaps the logits with the last gradient buffer and turns them into the gradient of the mean loss.
  private mutating func startBackward() {
    let last = stages.count
    swap(&forward.activations[last], &gradients[last - 1])
    Kernels.crossEntropyGradient(
      &gradients[last - 1], labels: labels, rows: forward.rows, columns: start.classes,
      smoothing: recipe.labelSmoothing, scale: 1 / Float(forward.rows))
  }
}
