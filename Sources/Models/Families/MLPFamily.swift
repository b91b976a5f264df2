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
  package let optionNames = ["hidden"]

  package func meaning(ofOption name: String) -> Words {
    Words(
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
    try object.finish()
    return MultilayerPerceptron(hidden: hidden)
  }
}

/// A multilayer perceptron with hidden layers of these widths; without any, softmax regression.
package struct MultilayerPerceptron: Model, Hashable {
  package let hidden: [Int]

  /// Every width must be at least 1; traps otherwise.
  package init(hidden: [Int]) {
    precondition(hidden.allSatisfy { $0 > 0 }, "a layer needs a positive width")
    self.hidden = hidden
  }

  package var options: [String: JSONValue] { ["hidden": .array(hidden.map { .integer(Int64($0)) })] }

  package func parameters(shape: SampleShape, classes: Int) -> Int {
    architecture(shape, classes).parameters
  }

  package func trainingOperations(shape: SampleShape, classes: Int) -> Int {
    architecture(shape, classes).trainingOperations
  }

  package func train(
    on set: TrainingSet, classes: Int, recipe: Recipe, seed: UInt64, context: TaskContext
  ) throws -> Network {
    try Trainer(architecture: architecture(set.inputs.shape, classes), recipe: recipe, seed: seed)
      .train(on: set, context: context)
  }

  private func architecture(_ shape: SampleShape, _ classes: Int) -> Architecture {
    Architecture(inputs: shape.size, hidden: hidden, classes: classes)
  }
}
