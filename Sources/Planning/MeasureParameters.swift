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
  private let meaning: LabelMeaning
  /// What is trained on a set that is another task.
  private let transfer: EvaluationSettings.Transfer

  /// Reads `{"seed": N}` for the deployment; `{}`, `{"mask": [classes]}`, `{"map": [a label a class]}` or
  /// `{"transfer": MODE, "seed": N}` for other sets.
  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    func numbers(_ key: String) throws -> [Int]? { try object.array(key)?.map { $0.int ?? -1 } }
    let transfer = try object.choice("transfer", EvaluationSettings.Transfer.self)
    self.transfer = transfer ?? .freeze
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

  /// Measures a network, trained on images with these features, on the deployment.
  package func measure(_ network: Network, trainedOn features: Matrix, on sets: DeploymentSets) throws -> Measurement {
    try UtilityTable.builtIn.measure(
      .measure(.deployment), MeasuredSubject(network: network, features: features, deployment: sets, seed: seed),
      context: .unobserved)
  }

  /// Measures a network on a further set. Throws a `DatasetError` when its labels are not those that were announced.
  package func measure(_ network: Network, on set: OwnEvaluationSet) throws -> Measurement {
    try UtilityTable.builtIn.measure(
      .measure(meaning == .task ? .transfer : .shifted),
      MeasuredSubject(network: network, set: set, meaning: meaning, transfer: transfer, seed: seed),
      context: .unobserved)
  }
}
