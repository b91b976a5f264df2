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
  private var weights: [Float] = []
  /// β₁ᵗ and β₂ᵗ.
  private var powers = (first: 1.0, second: 1.0)
  /// The running mean of the parameters, where there is one.
  private var average: [Layer]?
  /// The first stage with parameters; nobody needs a gradient before it.
  private let firstLearning: Int

  init(_ start: Network, recipe: Recipe, batch: Int) {
    self.start = start
    self.recipe = recipe
    stages = start.stages()
    // Only plain momentum has the decay among its velocities.
    let decay = recipe.optimiser == .sgd ? recipe.weightDecay : 0
    for index in stages.indices { stages[index].startTraining(weightDecay: decay) }
    average = recipe.averaging > 0 ? start.layers : nil
    firstLearning = stages.firstIndex { $0.learns } ?? stages.count
    forward = ForwardPass(start, stages, batch: batch)
    gradients = stages.map { [Float](repeating: 0, count: $0.buffer(rows: batch)) }
    labels = [Int32](repeating: 0, count: batch)
  }

  /// The network as it is now.
  var network: Network { start.with(layers: average ?? stages.flatMap(\.layers)) }

  /// One step on the samples at `indices`, of which there must be at least one.
  ///
  /// - Parameters:
  ///   - change: what is done to the inputs, one row a sample, before they are learnt from; the share of each that is its own,
  ///     the rest being that of the row as far from the end.
  ///   - proceed: called before whatever is costly, forward and back; once it throws, the step is half done.
  mutating func step(
    _ set: TrainingSet, at indices: ArraySlice<Int>, learningRate: Float, change: (inout [Float], Int) -> Float,
    proceed: () throws -> Void
  ) rethrows {
    for (row, index) in indices.enumerated() { labels[row] = set.labels[index] }
    weights = set.weights.map { all in indices.map { all[$0] } } ?? []
    forward.gather(set.inputs, at: indices)
    let share = change(&forward.activations[0], forward.rows)
    try forward.run(&stages, count: stages.count, proceed: proceed)
    startBackward(share: share)
    let step = nextStep(learningRate)
    for index in stages.indices.reversed() where index >= firstLearning {
      if stages[index].isCostly { try proceed() }
      let (input, rows) = (forward.activations[index], forward.rows)
      stages[index].passActivation(&gradients[index], output: forward.activations[index + 1], rows: rows)
      if index > firstLearning {
        stages[index].backward(gradients[index], input: input, rows: rows, into: &gradients[index - 1])
      }
      stages[index].descend(gradients[index], input: input, rows: rows, step)
    }
    average = average.map { Layer.blend($0, stages.flatMap(\.layers), share: 1 - recipe.averaging) }
  }

  private mutating func nextStep(_ rate: Float) -> DescentStep {
    let momentum = MomentumStep(rate: rate, momentum: recipe.momentum, decay: recipe.weightDecay)
    switch recipe.optimiser {
    case .sgd: return .momentum(momentum)
    case .nesterov: return .nesterov(momentum)
    case .adamW:
      powers.first *= Double(AdamWStep.firstDecay)
      powers.second *= Double(AdamWStep.secondDecay)
      return .adamW(
        AdamWStep(
          rate: rate, decay: recipe.weightDecay,
          corrections: (first: Float(1 - powers.first), second: Float(1 - powers.second))))
    }
  }

  /// Swaps the logits with the last gradient buffer and turns them into the gradient of the mean loss.
  private mutating func startBackward(share: Float) {
    let last = stages.count
    swap(&forward.activations[last], &gradients[last - 1])
    Kernels.crossEntropyGradient(
      &gradients[last - 1], labels: labels, rows: forward.rows, columns: start.classes,
      smoothing: recipe.labelSmoothing, scale: 1 / Float(forward.rows))
    if share < 1 { mixTargets(share, in: &gradients[last - 1]) }
    for (row, weight) in weights.enumerated() {
      for column in 0..<start.classes { gradients[last - 1][row * start.classes + column] *= weight }
    }
  }

  /// The targets of mixed rows are mixed alike: what the gradient knows as the own label's share becomes partly the partner's.
  private func mixTargets(_ share: Float, in gradient: inout [Float]) {
    let moved = (1 - share) * (1 - recipe.labelSmoothing) / Float(forward.rows)
    for row in 0..<forward.rows {
      gradient[row * start.classes + Int(labels[row])] += moved
      gradient[row * start.classes + Int(labels[forward.rows - 1 - row])] -= moved
    }
  }
}
