import Core
import Models
import Planning
import Sweeps

/// How every trial of a setting trains.
struct TrialTraining {
  let settings: TrialSettings
  /// The seed alone decides initialisation and order: common random numbers across strategies.
  let seed: UInt64

  /// Trains on what was bought; throws `CancellationError` when told to stop.
  func train(on set: TrainingSet, classes: Int, context: TaskContext) throws -> Network {
    let training = settings.training
    let stepsPerEpoch = (set.inputs.count + training.batch - 1) / training.batch
    var recipe = Recipe(
      steps: settings.trainingLength == .equalSteps ? training.steps : training.epochs * stepsPerEpoch,
      learningRate: Float(training.learningRate))
    recipe.batch = training.batch
    recipe.momentum = Float(training.momentum)
    recipe.weightDecay = Float(training.weightDecay)
    recipe.warmupSteps = training.warmupSteps
    recipe.labelSmoothing = Float(training.labelSmoothing)
    return try settings.model.train(on: set, classes: classes, recipe: recipe, seed: seed, context: context)
  }
}
