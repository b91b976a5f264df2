package import Core
package import Datasets
package import Models
import Samples
package import Sweeps

/// What a trained network is worth for other tasks: its body with a fresh head, adapted to a few images of each task (the
/// protocol of VTAB-1k, Zhai et al. 2019).
package enum TaskAdaptation {
  /// `transfer.NAME`, the accuracy on the test images of each task, and `transfer`, the mean of all; empty without tasks.
  ///
  /// - Parameters:
  ///   - mode: whether the head alone is trained, on the fixed outputs of the body's last layer, or body and head together,
  ///     from the trained body, which is about twelve times as expensive.
  ///   - seed: draws fresh heads and the order of the training images.
  package static func measure(
    _ network: Network, tasks: [TransferTask], mode: EvaluationSettings.Transfer = .freeze, seed: UInt64,
    context: TaskContext = .unobserved
  ) throws -> Measurement {
    var measurement = Measurement()
    var sum = 0.0
    for (index, task) in tasks.enumerated() {
      let own = context.part(index, of: tasks.count)
      try own.proceed(0)
      let right =
        switch mode {
        case .freeze: try frozen(network, task, seed: seed, own)
        case .fineTune: try fineTuned(network, task, seed: seed, own)
        }
      measurement.enter("transfer.\(task.name)", right, of: task.testLabels.count)
      sum += measurement.metrics["transfer.\(task.name)"]!
    }
    if !tasks.isEmpty { measurement.metrics["transfer"] = sum / Double(tasks.count) }
    return measurement
  }

  private static func frozen(
    _ network: Network, _ task: TransferTask, seed: UInt64, _ context: TaskContext
  ) throws -> Int {
    let head = try LinearHead(
      training: try network.hidden(of: task.trainingImages, context: context.part(from: 0, to: 0.2)),
      labels: task.trainingLabels, classes: task.labels, seed: seed, context: context.part(from: 0.2, to: 0.7))
    let test = try network.hidden(of: task.testImages, context: context.part(from: 0.7, to: 1))
    return head.right(on: test, labels: task.testLabels)
  }

  private static func fineTuned(
    _ network: Network, _ task: TransferTask, seed: UInt64, _ context: TaskContext
  ) throws -> Int {
    let initial = network.withFreshHead(classes: task.labels, seed: seed)
    var recipe = Recipe(
      steps: fineTuningEpochs * ((task.trainingLabels.count + fineTuningBatch - 1) / fineTuningBatch),
      learningRate: 0.01)
    recipe.batch = fineTuningBatch
    let set = TrainingSet(
      task.trainingImages, labels: task.trainingLabels, normalisation: network.normalisation)
    let adapted = try Trainer(recipe: recipe, seed: seed).train(
      on: set, from: initial, context: context.part(from: 0, to: 0.9))
    return try adapted.right(
      on: task.testImages, labels: task.testLabels, context: context.part(from: 0.9, to: 1))
  }

  private static let fineTuningEpochs = 20
  private static let fineTuningBatch = 64
}
