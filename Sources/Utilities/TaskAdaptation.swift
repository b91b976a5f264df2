import Core
package import Datasets
package import Models

/// What a trained network is worth for other tasks: its body with a fresh head, adapted to a few images of each task (the
/// protocol of VTAB-1k, Zhai et al. 2019).
package enum TaskAdaptation {
  /// What is trained on a task.
  package enum Mode: String, Hashable, Sendable, CaseIterable {
    /// The head alone, on the fixed outputs of the body's last layer.
    case freeze
    /// Body and head together, from the trained body; about twelve times as expensive.
    case fineTune = "fine-tune"
  }

  /// `transfer.NAME`, the accuracy on the test images of each task, and `transfer`, the mean of all; empty without tasks.
  ///
  /// - Parameters:
  ///   - seed: draws fresh heads and the order of the training images.
  ///   - shouldContinue: asked between tasks; a false answer throws `CancellationError`.
  package static func metrics(
    of network: Network, tasks: [TransferTask], mode: Mode = .freeze, seed: UInt64,
    shouldContinue: () -> Bool = { true }
  ) throws -> [String: Double] {
    var metrics: [String: Double] = [:]
    var sum = 0.0
    for task in tasks {
      guard shouldContinue() else { throw CancellationError() }
      let accuracy =
        switch mode {
        case .freeze: try frozen(network, task, seed: seed)
        case .fineTune: try fineTuned(network, task, seed: seed, shouldContinue: shouldContinue)
        }
      metrics["transfer.\(task.name)"] = accuracy
      sum += accuracy
    }
    if !tasks.isEmpty { metrics["transfer"] = sum / Double(tasks.count) }
    return metrics
  }

  private static func frozen(_ network: Network, _ task: TransferTask, seed: UInt64) throws -> Double {
    let head = try LinearHead(
      training: network.hidden(of: task.trainingImages), labels: task.trainingLabels, classes: task.labels, seed: seed)
    return head.accuracy(on: network.hidden(of: task.testImages), labels: task.testLabels)
  }

  private static func fineTuned(
    _ network: Network, _ task: TransferTask, seed: UInt64, shouldContinue: () -> Bool
  ) throws -> Double {
    let initial = network.withFreshHead(classes: task.labels, seed: seed)
    var recipe = Recipe(
      steps: fineTuningEpochs * ((task.trainingLabels.count + fineTuningBatch - 1) / fineTuningBatch),
      learningRate: 0.01)
    recipe.batch = fineTuningBatch
    let set = TrainingSet(
      images: task.trainingImages, labels: task.trainingLabels, normalisation: network.normalisation)
    let adapted = try TaskContext.asking(shouldContinue) { context in
      try Trainer(recipe: recipe, seed: seed).train(on: set, from: initial, context: context)
    }
    let right = zip(adapted.predictions(of: task.testImages), task.testLabels).count { $0 == $1 }
    return Double(right) / Double(task.testLabels.count)
  }

  private static let fineTuningEpochs = 20
  private static let fineTuningBatch = 64
}
