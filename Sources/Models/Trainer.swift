package import Core

/// Trains networks. The initialisation and the order of the data depend on `seed` alone.
package struct Trainer: Sendable {
  package let architecture: Architecture
  package let recipe: Recipe
  package let seed: UInt64

  package init(architecture: Architecture, recipe: Recipe, seed: UInt64) {
    self.architecture = architecture
    self.recipe = recipe
    self.seed = seed
  }

  /// Trains on `set` for `recipe.steps` steps. Each pass over the data is a fresh seeded permutation; the last batch of a
  /// pass is as short as it comes. `afterEpoch` is called after each full pass with the number of passes so far (from 1).
  /// Training starts from `initial`, which must have this architecture, or without it from the seeded initialisation.
  ///
  /// Every step proceeds in `context`, which may throw. Labels outside the classes and samples of another width than the
  /// architecture's inputs trap.
  package func train(
    on set: TrainingSet, from initial: Network? = nil, context: TaskContext,
    afterEpoch: (Int, Network) -> Void = { _, _ in }
  ) throws -> Network {
    try train(on: set, from: initial, proceed: { try context.proceed($0, of: recipe.steps) }, afterEpoch: afterEpoch)
  }

  /// Like ``train(on:from:context:afterEpoch:)``, for callers that have no context yet; throws `CancellationError` once
  /// `shouldContinue` answers false.
  package func train(
    on set: TrainingSet, from initial: Network? = nil, shouldContinue: () -> Bool = { true },
    afterEpoch: (Int, Network) -> Void = { _, _ in }
  ) throws -> Network {
    try train(
      on: set, from: initial, proceed: { _ in guard shouldContinue() else { throw CancellationError() } },
      afterEpoch: afterEpoch)
  }

  private func train(
    on set: TrainingSet, from initial: Network?, proceed: (Int) throws -> Void, afterEpoch: (Int, Network) -> Void
  ) throws -> Network {
    checkFit(of: set)
    let network = initial ?? Network(architecture, normalisation: set.normalisation, seed: seed)
    precondition(
      network.architecture == architecture && network.normalisation == set.normalisation,
      "training cannot start from a network of another shape or other inputs")
    var state = TrainingState(network, recipe: recipe, batch: min(recipe.batch, set.inputs.count))
    var (step, epoch) = (0, 0)
    while step < recipe.steps {
      var generator = SeededGenerator(seed: seed, purpose: "order/epoch \(epoch)")
      let order = generator.permutation(set.inputs.count)
      var start = 0
      while start < order.count, step < recipe.steps {
        try proceed(step)
        let end = min(start + recipe.batch, order.count)
        state.step(set, at: order[start..<end], learningRate: recipe.learningRate(at: step))
        start = end
        step += 1
      }
      epoch += 1
      if start == order.count { afterEpoch(epoch, state.network) }
    }
    return state.network
  }

  private func checkFit(of set: TrainingSet) {
    precondition(recipe.batch > 0, "a batch needs a sample")
    precondition(
      set.inputs.width == architecture.inputs,
      "samples of \(set.inputs.width) numbers do not fit a network with \(architecture.inputs) inputs")
    let classes = Int32(architecture.classes)
    precondition(set.labels.allSatisfy { $0 >= 0 && $0 < classes }, "a label lies outside the \(classes) classes")
  }
}
