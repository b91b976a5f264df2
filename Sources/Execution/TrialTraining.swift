import Core
import Models
import Sweeps

/// How every trial of a setting trains.
struct TrialTraining {
  let settings: TrainingSettings
  let length: TrainingLength
  /// The seed alone decides initialisation and order: common random numbers across strategies.
  let seed: UInt64

  /// Trains on what was bought; throws `CancellationError` when told to stop.
  func train(on set: TrainingSet, classes: Int, shouldContinue: () -> Bool) throws -> Network {
    let stepsPerEpoch = (set.inputs.count + settings.batch - 1) / settings.batch
    var recipe = Recipe(
      steps: length == .equalSteps ? settings.steps : settings.epochs * stepsPerEpoch,
      learningRate: Float(settings.learningRate))
    recipe.batch = settings.batch
    recipe.momentum = Float(settings.momentum)
    recipe.weightDecay = Float(settings.weightDecay)
    recipe.warmupSteps = settings.warmupSteps
    recipe.labelSmoothing = Float(settings.labelSmoothing)
    return try TaskContext.asking(shouldContinue) { context in
      try MultilayerPerceptron(hidden: settings.hidden)
        .train(on: set, classes: classes, recipe: recipe, seed: seed, context: context)
    }
  }
}
