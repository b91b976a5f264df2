package import Core
package import Samples

/// A model that a program trains, which is not there any more when its network is measured: everything that will be asked is
/// asked at once, and the network is what it answered.
package protocol OutsideModel: Model {
  /// What the worker must have, beside leave to run programs: `gpu`.
  var labels: [String] { get }
  /// Where the answers of each trial lie that somebody elsewhere made: a directory on the machine that submits. Nil where a
  /// program makes them, on the worker.
  var answers: String? { get }

  /// Trains and answers; as deterministic as the program is.
  ///
  /// - Parameters:
  ///   - questions: every set that the network will be measured on, each with a name of its own.
  ///   - run: nil where programs that a sweep brings along are not run.
  /// - Throws: a `DatasetError` that says what is wrong with the answer, a `ConfigurationError` where no program is run, what
  ///   `run` throws.
  func train(
    on set: TrainingSet, classes: Int, recipe: Recipe, seed: UInt64, questions: [Question], run: ProgramRun.Runner?,
    context: TaskContext
  ) throws -> OutsideTraining
}

extension OutsideModel {
  package var answers: String? { nil }
}

/// Samples that a network will be measured on.
package struct Question: Sendable {
  /// What a program reads of it: `test`, `deployment`.
  package let name: String
  package let samples: SampleSet

  package init(_ name: String, _ samples: SampleSet) {
    self.name = name
    self.samples = samples
  }
}

/// What became of a training outside.
package struct OutsideTraining: Sendable {
  /// Of one layer, the answers.
  package let network: Network
  /// What the program wishes to be kept; nobody here reads it.
  package let weights: [UInt8]?
  /// Whether it said how sure it is, not only which class.
  package let hasProbabilities: Bool
  /// Whether it said where each sample lies, for further tasks.
  package let hasEmbeddings: Bool
}
