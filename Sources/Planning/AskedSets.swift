import Core
import Datasets
import Sweeps

/// How a trial task calls what a program that trains is given beside the trial's own sets: it is asked about everything that
/// tasks of their own will measure later, when it is not there any more.
package enum AskedSets {
  /// The input with the deployment's samples.
  package static let deployment = "asked.deployment"
  /// Inputs with further sets begin so.
  package static let set = "asked.set."

  /// The source with the file that `option` of a model names.
  package static func source(_ option: String) -> String { "model.\(option)" }

  /// What a model is given its answers as that were made elsewhere, and the source that holds them.
  package static let answersOption = "answers"
  package static let answers = source(answersOption)

  /// The inputs, for the tasks of parts that are built.
  static func parts(of dataset: DatasetDescription, _ parts: [String: TaskID]) -> [String: TaskID] {
    var inputs: [String: TaskID] = [:]
    inputs[deployment] = dataset.part(for: .deployment).flatMap { parts[$0.name] }
    for further in dataset.sets { inputs[set + further.name] = parts[further.part] }
    return inputs
  }
}
