package import Core
package import Samples

/// Multilayer perceptrons: fully connected layers with rectifiers between them, trained by stochastic gradient descent.
package struct MLPFamily: ModelFamily {
  package init() {}

  package let name = "mlp"
  package let version = 1
  package let summary = Words(
    english: "fully connected layers with rectifiers between them; without hidden layers, softmax regression",
    japanese: "全結合層を ReLU でつないだネットワーク。隠れ層がなければソフトマックス回帰")
  package let optionNames = ["hidden", StartingWeights.option]

  package func meaning(ofOption name: String) -> Words {
    guard name == "hidden" else { return StartingWeights.meaning }
    return Words(
      english: "widths of the hidden layers, at most 8 from 1 to 8192; [256, 128] unless given",
      japanese: "隠れ層の幅（1〜8192、8 層まで）。既定は [256, 128]")
  }

  package func takes(_ shape: SampleShape) -> Bool { true }

  package func model(options: [String: JSONValue], place: String) throws -> any Model {
    var object = try StrictObject(.object(options), place: place)
    let widths = try object.array("hidden") ?? [256, 128]
    guard widths.count <= 8 else { throw object.error("hidden", "at most 8 hidden layers, not \(widths.count)") }
    let hidden = try widths.map { value in
      guard let width = value.int, (1...8192).contains(width) else {
        throw object.error("hidden", "widths are whole numbers from 1 to 8192, not \(value.canonicalText.prefix(40))")
      }
      return width
    }
    let start = try StartingWeights.read(&object)
    try object.finish()
    return MultilayerPerceptron(hidden: hidden, start: start)
  }
}

/// A multilayer perceptron with hidden layers of these widths; without any, softmax regression.
package struct MultilayerPerceptron: Model, Hashable {
  package let hidden: [Int]
  private var start: StartingWeights?

  /// Every width must be at least 1; traps otherwise.
  package init(hidden: [Int]) { self.init(hidden: hidden, start: nil) }

  init(hidden: [Int], start: StartingWeights?) {
    precondition(hidden.allSatisfy { $0 > 0 }, "a layer needs a positive width")
    (self.hidden, self.start) = (hidden, start)
  }

  package var options: [String: JSONValue] {
    start.options.merging(["hidden": .array(hidden.map { .integer(Int64($0)) })]) { own, _ in own }
  }

  package var files: [String: String] { start.files }

  package func given(_ files: [String: [UInt8]]) throws -> MultilayerPerceptron {
    var given = self
    given.start = try start?.given(files)
    return given
  }

  package func parameters(shape: SampleShape, classes: Int) -> Int {
    connections(shape, classes).reduce(0) { $0 + ($1.inputs + 1) * $1.outputs }
  }

  /// Forward, and backward but for the gradient of the input.
  package func trainingOperations(shape: SampleShape, classes: Int) -> Int {
    let products = connections(shape, classes).map { 2 * $0.inputs * $0.outputs }
    return 3 * products.reduce(0, +) - products[0]
  }

  package func train(
    on set: TrainingSet, classes: Int, recipe: Recipe, seed: UInt64, context: TaskContext
  ) throws -> Network {
    try train(on: set, classes: classes, recipe: recipe, seed: seed, context: context, afterEpoch: { _, _ in })
  }

  /// The same, for callers that watch it learn: `afterEpoch` is called after each full pass over the data with the number of
  /// passes so far (from 1).
  package func train(
    on set: TrainingSet, classes: Int, recipe: Recipe, seed: UInt64, context: TaskContext,
    afterEpoch: (Int, Network) throws -> Void
  ) throws -> Network {
    let fresh = network(for: set.inputs.shape, normalisation: set.normalisation, classes: classes, seed: seed)
    return try Trainer(recipe: recipe, seed: seed)
      .train(on: set, from: start?.applied(to: fresh) ?? fresh, context: context, afterEpoch: afterEpoch)
  }

  /// The network that training starts from: PyTorch's default initialisation, U(±1/√inputs) for weights and biases of every
  /// layer, drawn from `seed`. There must be at least two classes; traps otherwise.
  package func network(
    for shape: SampleShape, normalisation: PixelNormalisation?, classes: Int, seed: UInt64
  ) -> Network {
    var generator = SeededGenerator(seed: seed, purpose: "initialisation")
    let connections = connections(shape, classes).map {
      Layer.linear(inputs: $0.inputs, outputs: $0.outputs, &generator)
    }
    let layers = connections.dropLast().flatMap { [$0, .rectifier] } + connections.suffix(1)
    return Network(input: shape, normalisation: normalisation, layers: layers, family: MLPFamily().name)
  }

  private func connections(_ shape: SampleShape, _ classes: Int) -> [(inputs: Int, outputs: Int)] {
    Array(zip([shape.size] + hidden, hidden + [classes])).map { (inputs: $0, outputs: $1) }
  }
}
