package import Core

/// Stochastic gradient descent on any network. The order of the samples depends on `seed` alone.
package struct Trainer: Sendable {
  package let recipe: Recipe
  package let seed: UInt64

  package init(recipe: Recipe, seed: UInt64) {
    self.recipe = recipe
    self.seed = seed
  }

  /// Trains `start` on `set` for `recipe.steps` steps. Each pass over the data is a fresh seeded permutation; the last batch
  /// of a pass is as short as it comes. `afterEpoch` is called after each full pass with the number of passes so far (from 1).
  ///
  /// Every step proceeds in `context`, which may throw. Labels outside the classes of `start` trap, and so do samples that
  /// it was not made for.
  package func train(
    on set: TrainingSet, from start: Network, context: TaskContext,
    afterEpoch: (Int, Network) throws -> Void = { _, _ in }
  ) throws -> Network {
    checkFit(of: set, start)
    var state = TrainingState(start, recipe: recipe, batch: min(recipe.batch, set.inputs.count))
    var (step, epoch) = (0, 0)
    while step < recipe.steps {
      var generator = SeededGenerator(seed: seed, purpose: "order/epoch \(epoch)")
      var changes = SeededGenerator(seed: seed, purpose: "augmentation/epoch \(epoch)")
      let order = generator.permutation(set.order.count).map { set.order[$0] }
      var first = 0
      while first < order.count, step < recipe.steps {
        try context.proceed(step, of: recipe.steps)
        let end = min(first + recipe.batch, order.count)
        try state.step(set, at: order[first..<end], learningRate: recipe.learningRate(at: step)) { inputs, count in
          recipe.augmentation.apply(
            to: &inputs, count: count, shape: start.input, normalisation: start.normalisation, &changes)
          return recipe.augmentation.mix(&inputs, count: count, shape: start.input, &changes)
        } proceed: {
          try context.proceed(step, of: recipe.steps)
        }
        first = end
        step += 1
      }
      epoch += 1
      if first == order.count { try afterEpoch(epoch, state.network) }
    }
    return state.network
  }

  private func checkFit(of set: TrainingSet, _ start: Network) {
    precondition(recipe.batch > 0, "a batch needs a sample")
    precondition(
      start.takes(set.inputs) && start.normalisation == set.normalisation,
      "samples of \(set.inputs.shape) do not fit a network made for other inputs (\(start.input))")
    let classes = Int32(start.classes)
    precondition(set.labels.allSatisfy { $0 >= 0 && $0 < classes }, "a label lies outside the \(classes) classes")
  }
}
