package import Core
package import Samples

/// A row of the table of models: a way of making a network from labelled samples.
package protocol ModelFamily: Sendable {
  /// What a sweep calls it: `mlp`.
  var name: String { get }
  /// Grows with every change of what it trains from the same samples, options, recipe and seed.
  var version: Int { get }
  /// One sentence for people.
  var summary: Words { get }
  /// The options that ``model(options:place:)`` reads.
  var optionNames: [String] { get }
  /// Whether its networks can be trained further, for other tasks.
  var learnsFurther: Bool { get }

  /// Whether a network that was not kept can be had again by training it again: on this machine, with the same bytes.
  var trainsAgain: Bool { get }

  /// What the option `name`, one of ``optionNames``, means, its range and its default included.
  func meaning(ofOption name: String) -> Words

  /// Whether it can be trained on samples of this shape.
  func takes(_ shape: SampleShape) -> Bool

  /// Reads `options`; what is absent has its default. Throws a ``ConfigurationError`` that names `place` and the key for an
  /// unknown option or a value outside its range.
  func model(options: [String: JSONValue], place: String) throws -> any Model
}

extension ModelFamily {
  package var learnsFurther: Bool { true }
  package var trainsAgain: Bool { true }
}

/// A family with its options read: what trains one network.
package protocol Model: Sendable {
  /// All options, defaults written out: two ways to ask for the same model have equal options. A file stands for its content,
  /// whatever its path.
  var options: [String: JSONValue] { get }
  /// The paths of the files that options name, by option.
  var files: [String: String] { get }

  /// The same model with the contents of ``files``, by option, without which it cannot be trained. Throws a `DatasetError` for
  /// contents of another form.
  func given(_ files: [String: [UInt8]]) throws -> Self

  /// The numbers that training determines.
  func parameters(shape: SampleShape, classes: Int) -> Int

  /// Floating-point operations of training with one sample once.
  func trainingOperations(shape: SampleShape, classes: Int) -> Int

  /// Trains a network that tells `classes` (≥ 2) classes apart; a pure function of everything but `context`.
  ///
  /// - Parameters:
  ///   - recipe: how stochastic gradient descent goes; a family that has a closed form takes no notice.
  ///   - seed: draws the initialisation and the order of the samples.
  /// - Throws: `CancellationError` once nobody wants the network.
  func train(on set: TrainingSet, classes: Int, recipe: Recipe, seed: UInt64, context: TaskContext) throws -> Network
}

extension Model {
  package var files: [String: String] { [:] }
  package func given(_ files: [String: [UInt8]]) throws -> Self { self }
}

/// The rows that come with the program.
package enum ModelFamilies {
  package static let builtIn: [any ModelFamily] = [
    MLPFamily(), ProbeFamily(), RidgeFamily(), NeighboursFamily(), ConvolutionalFamily(), ResidualFamily(),
    ProgramFamily(), ImportedFamily(),
  ]
}
