import Core
import Curation
import Datasets
import Evaluation
import Learning
import Numerics
import Sweeps

/// One trial: choose a subset within the budget, train on it, measure every utility but those of the deployment.
struct TrialRunner {
  let parameters: TrialParameters
  let pool: Pool
  let expert: Pool
  let sets: EvaluationSets
  /// Features of the unlabelled target sample, for strategies that need them.
  let target: Matrix?
  let scores: Scores?

  /// Runs the trial. Throws what the parts throw, and `CancellationError` when told to stop.
  func run(report: (Double) -> Void, shouldContinue: () -> Bool) throws -> TaskProduct {
    var clock = PhaseClock()
    let purchase = try Curator.choose(
      parameters.strategy, terms: parameters.terms, pool: pool, target: target, scores: scores,
      shouldContinue: shouldContinue)
    clock.finish("select")
    report(0.2)
    let network = try train(on: purchase, shouldContinue: shouldContinue)
    clock.finish("train")
    report(0.7)
    let evaluation = try Evaluator.evaluate(
      network: network, pool: pool, subset: purchase.subset, labels: purchase.labels, expert: expert, sets: sets,
      seed: UInt64(parameters.terms.seed), options: options, shouldContinue: shouldContinue)
    clock.finish("evaluate")
    return TaskProduct(
      objects: [
        "subset": NumPyArray(shape: [purchase.subset.count], values: .uint32(purchase.subset.map { UInt32($0) })).bytes,
        "labels": NumPyArray(shape: [purchase.labels.count], values: .int32(purchase.labels)).bytes,
        "model": network.bytes,
      ],
      values: values(of: evaluation, purchase).json, phaseSeconds: clock.seconds)
  }

  private var options: Evaluator.Options {
    let settings = parameters.evaluation
    return Evaluator.Options(
      transfer: settings.transfer == .freeze ? .freeze : .fineTune,
      absentClasses: settings.absentClasses == .stayAbsent ? .stayAbsent : .absentAsPublished,
      memoryPerClass: settings.memoryPerClass)
  }

  private func train(on purchase: Purchase, shouldContinue: () -> Bool) throws -> Network {
    let settings = parameters.training
    let set = TrainingSet(images: pool.images.selecting(purchase.subset), labels: purchase.labels)
    let stepsPerEpoch = (set.images.count + settings.batch - 1) / settings.batch
    var recipe = Recipe(
      steps: parameters.trainingLength == .equalSteps ? settings.steps : settings.epochs * stepsPerEpoch,
      learningRate: Float(settings.learningRate))
    recipe.batch = settings.batch
    recipe.momentum = Float(settings.momentum)
    recipe.weightDecay = Float(settings.weightDecay)
    recipe.warmupSteps = settings.warmupSteps
    recipe.labelSmoothing = Float(settings.labelSmoothing)
    let architecture = Architecture(
      inputs: pool.images.imageSize, hidden: settings.hidden, classes: pool.classNames.count)
    // The seed alone decides initialisation and order: common random numbers across strategies.
    let trainer = Trainer(architecture: architecture, recipe: recipe, seed: UInt64(parameters.terms.seed))
    return try trainer.train(on: set, shouldContinue: shouldContinue)
  }

  private func values(of evaluation: TrialEvaluation, _ purchase: Purchase) -> TrialValues {
    var metrics = evaluation.metrics
    metrics["cost.total"] = purchase.ledger.total.amount
    metrics["cost.selection"] = purchase.ledger.total(for: .selection).amount
    metrics["cost.items"] = Double(purchase.subset.count)
    if let accuracy = metrics["accuracy"], accuracy > 0 {
      metrics["cost.per-accuracy-point"] = purchase.ledger.total.amount / (100 * accuracy)
    }
    return TrialValues(
      metrics: metrics, perClass: evaluation.perClass, confusion: evaluation.confusion, ledger: purchase.ledger,
      items: purchase.subset.count, poolSize: pool.count, candidates: purchase.candidates, remarks: purchase.remarks)
  }
}
