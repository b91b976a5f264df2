import Core
import Models
import Numerics

/// A fresh linear classifier on top of fixed features: softmax regression by stochastic gradient descent.
struct LinearHead {
  private let classifier: Network
  private let scale: Standardisation

  private static let epochs = 20
  private static let batch = 64

  /// Trains on one row of features an image, at least one, with labels in 0..<classes. The start and the order depend on
  /// `seed` alone.
  init(training features: Matrix, labels: [Int32], classes: Int, seed: UInt64, context: TaskContext) throws {
    scale = Standardisation(of: features)
    var recipe = Recipe(steps: Self.epochs * ((features.rows + Self.batch - 1) / Self.batch), learningRate: 0.02)
    recipe.batch = Self.batch
    recipe.weightDecay = 1e-3
    let set = TrainingSet(.vectors(scale.applied(to: features)), labels: labels, normalisation: nil)
    classifier = try MultilayerPerceptron(hidden: [])
      .train(on: set, classes: classes, recipe: recipe, seed: seed, context: context)
  }

  /// The number of rows whose label is predicted.
  func right(on features: Matrix, labels: [Int32]) -> Int {
    zip(classifier.predictions(of: .vectors(scale.applied(to: features))), labels).count { $0 == $1 }
  }
}
