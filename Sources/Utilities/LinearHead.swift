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
    let trainer = Trainer(
      architecture: Architecture(inputs: features.columns, hidden: [], classes: classes), recipe: recipe, seed: seed)
    classifier = try trainer.train(
      on: TrainingSet(.vectors(scale.applied(to: features)), labels: labels), proceeding: context)
  }

  /// The number of rows whose label is predicted.
  func right(on features: Matrix, labels: [Int32]) -> Int {
    zip(classifier.predictions(of: .vectors(scale.applied(to: features))), labels).count { $0 == $1 }
  }
}

extension Trainer {
  /// Trains on `set`, telling `context` after each step.
  func train(on set: TrainingSet, from initial: Network? = nil, proceeding context: TaskContext) throws -> Network {
    var step = 0
    return try train(
      on: set, from: initial,
      shouldContinue: {
        defer { step += 1 }
        return (try? context.proceed(step, of: recipe.steps)) != nil
      })
  }
}
