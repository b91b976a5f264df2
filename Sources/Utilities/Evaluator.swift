import Core
package import Datasets
package import Models
import Numerics
package import Samples

/// What one trial's network and subset are worth: the numbers of a trial but for its money.
package struct TrialEvaluation: Hashable, Sendable {
  /// Scalars by metric name (`accuracy`, `robustness.fog.3`, `data.gini` …); fractions, not percent. A metric that is not
  /// defined for this subset (a correlation with a constant, top-5 of four classes) has no entry.
  package var metrics: [String: Double] = [:]
  /// One value a class: `accuracy` (which is also the recall) and `precision` on the base test set (0 for a class that is
  /// never predicted), and `count`, the chosen images that carry the class as their label.
  package var perClass: [String: [Double]] = [:]
  /// Counts on the base test set: rows are true classes, columns predicted ones.
  package var confusion: [[Int]] = []

  package init() {}

  mutating func add(_ metrics: [String: Double]) { self.metrics.merge(metrics) { _, new in new } }
}

/// Measures trials. Equal inputs give equal bits under one BLAS kernel.
package enum Evaluator {
  /// What can be measured in several ways.
  package struct Options: Hashable, Sendable {
    package var transfer = TaskAdaptation.Mode.freeze
    package var absentClasses = ClassMemory.AbsentClasses.stayAbsent
    /// Images of each class that the nearest-neighbour classifier remembers, at least one: the first in the order of choice.
    package var memoryPerClass = 100

    package init(
      transfer: TaskAdaptation.Mode = .freeze, absentClasses: ClassMemory.AbsentClasses = .stayAbsent,
      memoryPerClass: Int = 100
    ) {
      self.transfer = transfer
      self.absentClasses = absentClasses
      self.memoryPerClass = memoryPerClass
    }
  }

  /// Measures a trained network and the subset that it was trained on.
  ///
  /// - Parameters:
  ///   - network: the classifier after its last step.
  ///   - pool: the pool that was chosen from.
  ///   - subset: rows of `pool`, in the order of choice; at least one.
  ///   - labels: the labels that the network was trained with, one for each of `subset`, 0..<classes.
  ///   - expert: the pool that distances between distributions refer to.
  ///   - seed: of the trial; it draws the sub-samples of the distances between distributions and fresh heads.
  ///   - shouldContinue: asked between parts; a false answer throws `CancellationError`.
  package static func evaluate(
    network: Network, pool: Pool, subset: [Int], labels: [Int32], expert: Pool, sets: EvaluationSets, seed: UInt64,
    options: Options = Options(), shouldContinue: () -> Bool = { true }
  ) throws -> TrialEvaluation {
    precondition(subset.count == labels.count && !subset.isEmpty, "a subset has images, and one label for each")
    func goOn() throws { if !shouldContinue() { throw CancellationError() } }
    var evaluation = TrialEvaluation()
    try goOn()
    addClassification(to: &evaluation, network: network, sets: sets, labels: labels)
    for corruption in sets.corruptions {
      try goOn()
      evaluation.metrics["robustness.\(corruption.kind).\(corruption.severity)"] = accuracy(
        of: network, on: corruption.images, labels: sets.corruptionLabels)
    }
    evaluation.add(robustness(evaluation.metrics, sets: sets))
    evaluation.add(
      try TaskAdaptation.metrics(
        of: network, tasks: sets.transfer, mode: options.transfer, seed: seed, shouldContinue: shouldContinue))
    try goOn()
    let data = SubsetMeasures(pool: pool, subset: subset, labels: labels, expert: expert, sets: sets, seed: seed)
    evaluation.add(data.representation(options))
    try goOn()
    evaluation.add(data.quality)
    try goOn()
    evaluation.add(data.comparison)
    return evaluation
  }

  private static func addClassification(
    to evaluation: inout TrialEvaluation, network: Network, sets: EvaluationSets, labels: [Int32]
  ) {
    let classification = Classification(
      probabilities: network.probabilities(of: sets.base.images), labels: sets.base.labels)
    let balance = ClassBalance(labels: labels, classes: network.classes)
    let confusion = classification.confusion
    let (accuracy, precision) = (confusion.recall, confusion.precision)
    let count = balance.counts.map(Double.init)
    evaluation.confusion = confusion.counts
    evaluation.perClass = ["accuracy": accuracy, "precision": precision, "count": count]
    evaluation.add(classification.metrics)
    evaluation.add(balance.metrics)
    evaluation.add(
      ClassCorrelations.metrics(
        accuracy: accuracy, precision: precision, count: count, confusionSkewness: confusion.confusionSkewness))
  }

  /// The mean of each kind over its severities, and the mean of the kinds.
  private static func robustness(_ metrics: [String: Double], sets: EvaluationSets) -> [String: Double] {
    var bySeverity: [String: [Double]] = [:]
    for corruption in sets.corruptions {
      bySeverity[corruption.kind, default: []].append(metrics["robustness.\(corruption.kind).\(corruption.severity)"]!)
    }
    let means = bySeverity.mapValues { $0.reduce(0, +) / Double($0.count) }
    var result = Dictionary(uniqueKeysWithValues: means.map { ("robustness.\($0.key)", $0.value) })
    guard !means.isEmpty else { return result }
    // In the order of the names: a sum depends on its order in the last bit.
    result["robustness"] = means.keys.sorted().reduce(0) { $0 + means[$1]! } / Double(means.count)
    return result
  }

  /// Measures a trained network on one more labelled set: `accuracy`, `nll` and `ece`, by name.
  package static func measure(network: Network, on images: ImageSet, labels: [Int32]) -> [String: Double] {
    let found = Classification(probabilities: network.probabilities(of: images), labels: labels)
    return [
      "accuracy": found.confusion.accuracy, "nll": found.negativeLogLikelihood, "ece": found.calibrationError,
    ]
  }

  private static func accuracy(of network: Network, on images: ImageSet, labels: [Int32]) -> Double {
    let right = zip(network.predictions(of: images), labels).count { $0 == $1 }
    return Double(right) / Double(labels.count)
  }
}
