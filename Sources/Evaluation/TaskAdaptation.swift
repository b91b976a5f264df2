package import Datasets
package import Learning

/// What a trained network is worth for other tasks: its body with a fresh head, adapted to a few images of each task (the
/// protocol of VTAB-1k, Zhai et al. 2019).
package enum TaskAdaptation {
  /// `transfer.NAME`, the accuracy on the test images of each task, and `transfer`, the mean of all; empty without tasks.
  ///
  /// - Parameters:
  ///   - seed: draws the order of the training images of every head.
  ///   - shouldContinue: asked between tasks; a false answer throws `CancellationError`.
  package static func metrics(
    of network: Network, tasks: [TransferTask], seed: UInt64, shouldContinue: () -> Bool = { true }
  ) throws -> [String: Double] {
    var metrics: [String: Double] = [:]
    var sum = 0.0
    for task in tasks {
      guard shouldContinue() else { throw CancellationError() }
      let head = LinearHead(
        training: network.hidden(of: task.trainingImages), labels: task.trainingLabels, classes: task.labels, seed: seed
      )
      let accuracy = head.accuracy(on: network.hidden(of: task.testImages), labels: task.testLabels)
      metrics["transfer.\(task.name)"] = accuracy
      sum += accuracy
    }
    if !tasks.isEmpty { metrics["transfer"] = sum / Double(tasks.count) }
    return metrics
  }
}
