package import Core
package import Datasets
package import Models
package import Numerics
import Sweeps
package import Utilities

/// The parameters of a measure task: how a trial's network is asked about one more labelled set.
package struct MeasureParameters {
  /// The trial's seed, for what is measured on samples.
  package let seed: UInt64
  private let meaning: EvaluationSetChoice.Labels
  /// What is trained on a set that is another task.
  private let mode: TaskAdaptation.Mode

  /// Reads `{"seed": N}` for the deployment; `{}`, `{"mask": [classes]}`, `{"map": [a label a class]}` or
  /// `{"transfer": MODE, "seed": N}` for other sets.
  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    func numbers(_ key: String) throws -> [Int]? { try object.array(key)?.map { $0.int ?? -1 } }
    let transfer = try object.choice("transfer", EvaluationSettings.Transfer.self)
    mode = transfer == .fineTune ? .fineTune : .freeze
    if transfer != nil {
      meaning = .task
    } else if let mask = try numbers("mask") {
      meaning = .mask(mask)
    } else {
      meaning = try numbers("map").map { .map($0) } ?? .classes
    }
    seed = UInt64(try object.integer("seed", in: 0...Int(Int32.max)) ?? 0)
    try object.finish()
  }

  /// Accuracy and calibration on the deployment test set, and how far the network's training images are from the target sample.
  package func metrics(of network: Network, trainedOn subset: Matrix, on sets: DeploymentSets) -> [String: Double] {
    var metrics = Evaluator.measure(network: network, on: sets.test.images, labels: sets.test.labels)
    metrics["cmmd"] =
      TargetDistance.metrics(subset: subset, target: sets.targetFeatures, seed: seed)["deployment.cmmd"]
    return metrics
  }

  /// Accuracy and calibration on a further set. Throws a `DatasetError` when its labels are not those that were announced.
  package func metrics(of network: Network, on set: OwnEvaluationSet) throws -> [String: Double] {
    if meaning == .task {
      let task = try TransferTask(name: "set", images: set.images, labels: set.labels)
      let found = try TaskAdaptation.metrics(of: network, tasks: [task], mode: mode, seed: seed)
      return found["transfer"].map { ["accuracy": $0] } ?? [:]
    }
    let space = try meaning.space(classes: network.classes)
    let classification = try space.classification(
      probabilities: network.probabilities(of: set.images), labels: set.labels)
    return [
      "accuracy": classification.confusion.accuracy, "nll": classification.negativeLogLikelihood,
      "ece": classification.calibrationError,
    ]
  }
}

extension EvaluationSetChoice.Labels {
  /// How the network's classes relate to the set's labels. Throws a `DatasetError` for classes that do not exist.
  package func space(classes: Int) throws -> LabelSpace {
    switch self {
    // The labels of another task have heads of their own and never come here.
    case .classes, .task: LabelSpace(classes: classes)
    case .mask(let mask): try LabelSpace(mask: mask, classes: classes)
    case .map(let labels):
      try LabelSpace(map: labels.map { Int32($0) }, labels: (labels.max() ?? 0) + 1, classes: classes)
    }
  }
}
