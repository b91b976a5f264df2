package import Core
import Datasets
import Models
package import Planning
package import Sweeps

extension TrialTask {
  /// Makes the files with which somebody elsewhere can train for a trial and answer what it asks: the subset is chosen as the
  /// trial itself would.
  ///
  /// - Parameter put: takes each file: its name, its digest and its bytes. The request, which says what is what, comes last.
  /// - Throws: what choosing throws, and what `put` throws.
  package func handOut(
    _ specification: TaskSpecification, inputs: any InputReading, context: TaskContext,
    put: (String, Digest, [UInt8]) throws -> Void
  ) throws {
    let (bought, settings) = try buy(specification, inputs, context)
    let set = bought.trainingSet
    let reading = TrialInputs(specification: specification, inputs: inputs, cache: cache)
    let training = TrialTraining(settings: settings, seed: bought.seed)
    try HandedOutTraining.files(
      of: set, classes: bought.pool.classNames.count, recipe: training.recipe(samples: set.inputs.count),
      seed: bought.seed, questions: try reading.questions(), put: put)
  }
}
