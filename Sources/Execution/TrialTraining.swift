import Core
import Models
import Planning
import Sweeps

/// How every trial of a setting trains.
struct TrialTraining {
  let settings: TrialSettings
  /// The seed alone decides initialisation and order: common random numbers across strategies.
  let seed: UInt64

  /// A network, and what is kept beside it.
  struct Trained {
    let network: Network
    var objects: [String: [UInt8]] = [:]
    var remarks: [Remark] = []
  }

  /// Trains on what was bought; throws `CancellationError` when told to stop.
  ///
  /// - Parameters:
  ///   - inputs: what the trial reads: among it the files that the model names, and whatever a model that is trained outside is
  ///     asked about.
  ///   - run: nil where programs that sweeps bring along are not run.
  func train(
    on set: TrainingSet, classes: Int, inputs: TrialInputs, run: ProgramRun.Runner?, context: TaskContext
  ) throws -> Trained {
    let recipe = recipe(samples: set.inputs.count)
    let model = try settings.model.given(try inputs.files(of: settings.model))
    guard let outside = model as? any OutsideModel else {
      return Trained(
        network: try model.train(on: set, classes: classes, recipe: recipe, seed: seed, context: context))
    }
    let training = try outside.train(
      on: set, classes: classes, recipe: recipe, seed: seed, questions: try inputs.questions(), run: run,
      context: context)
    var trained = Trained(network: training.network)
    trained.objects[TrialObject.weights.rawValue] = training.weights
    if outside.answers != nil { trained.remarks.append(Remark(.imported)) }
    if !training.hasProbabilities { trained.remarks.append(Remark(.withoutProbabilities)) }
    if !training.hasEmbeddings { trained.remarks.append(Remark(.withoutEmbeddings)) }
    return trained
  }

  func recipe(samples: Int) -> Recipe {
    let training = settings.training
    let stepsPerEpoch = (samples + training.batch - 1) / training.batch
    var recipe = Recipe(
      steps: settings.trainingLength == .equalSteps ? training.steps : training.epochs * stepsPerEpoch,
      learningRate: Float(training.learningRate))
    recipe.batch = training.batch
    recipe.momentum = Float(training.momentum)
    recipe.weightDecay = Float(training.weightDecay)
    recipe.warmupSteps = max(training.warmupSteps, Int((training.warmupShare * Double(recipe.steps)).rounded()))
    recipe.labelSmoothing = Float(training.labelSmoothing)
    recipe.averaging = Float(training.averaging)
    recipe.augmentation = augmentation
    switch training.optimizer {
    case .sgd: recipe.optimiser = .sgd
    case .nesterov: recipe.optimiser = .nesterov
    case .adamW: recipe.optimiser = .adamW
    }
    switch training.schedule {
    case .cosine: recipe.schedule = .cosine
    case .constant: recipe.schedule = .constant
    case .step: recipe.schedule = .steps(at: training.milestones, factor: Float(training.factor))
    }
    return recipe
  }

  private var augmentation: Augmentation {
    let asked = settings.training.augmentation
    var augmentation = Augmentation()
    (augmentation.flips, augmentation.shift, augmentation.reflects) = (asked.flip, asked.crop, asked.reflect)
    (augmentation.leastArea, augmentation.jitter) = (asked.resizedCrop, asked.jitter)
    (augmentation.erasing, augmentation.mixup, augmentation.cutmix) = (asked.erasing, asked.mixup, asked.cutmix)
    return augmentation
  }
}
