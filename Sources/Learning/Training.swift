
package import Datasets
package import Numerics

/// The shape of a network: fully connected layers with ReLU between them. No hidden layer means softmax regression.
package struct Architecture: Hashable, Sendable {
  package let inputs: Int
  package let hidden: [Int]
  package let classes: Int

  package init(inputs: Int, hidden: [Int], classes: Int) {
    self.inputs = inputs
    self.hidden = hidden
    self.classes = classes
  }
}

/// SGD with momentum, weight decay, label smoothing and a cosine schedule to 0 after a linear warm-up.
package struct Recipe: Hashable, Sendable {
  package var batch = 128
  package var steps: Int
  package var learningRate: Float
  package var momentum: Float = 0.9
  package var weightDecay: Float = 0
  package var warmupSteps = 0
  package var labelSmoothing: Float = 0

  package init(steps: Int, learningRate: Float) {
    self.steps = steps
    self.learningRate = learningRate
  }
}

/// Images and labels to train on. Pixels become (value / 255 − mean) / deviation.
package struct TrainingSet: Sendable {
  package let images: ImageSet
  /// 0..<classes each.
  package let labels: [Int32]
  package var mean: Float = 0.2860
  package var deviation: Float = 0.3530

  package init(images: ImageSet, labels: [Int32]) {
    precondition(images.count == labels.count && images.count > 0, "a training set needs one label an image, and an image")
    self.images = images
    self.labels = labels
  }
}

/// A trained (or freshly initialised) classifier; a value, so that it can be sent anywhere.
package struct Network: Hashable, Sendable {
  package let architecture: Architecture

  /// PyTorch's default initialisation of linear layers, U(±1/√inputs) for weights and biases, from `seed`.
  package init(_ architecture: Architecture, seed: UInt64) { fatalError("not built yet") }

  /// Class probabilities, one row an image.
  package func probabilities(of images: ImageSet) -> Matrix { fatalError("not built yet") }

  /// The inputs of the last layer, one row an image (the normalised pixels for softmax regression).
  package func hidden(of images: ImageSet) -> Matrix { fatalError("not built yet") }

  /// The class with the largest probability of each image; the lower index wins a tie.
  package func predictions(of images: ImageSet) -> [Int32] { fatalError("not built yet") }
}

/// Trains networks. The initialisation and the order of the data depend on `seed` alone.
package struct Trainer: Sendable {
  package let architecture: Architecture
  package let recipe: Recipe
  package let seed: UInt64

  package init(architecture: Architecture, recipe: Recipe, seed: UInt64) {
    self.architecture = architecture
    self.recipe = recipe
    self.seed = seed
  }

  /// Trains on `set` for `recipe.steps` steps. Each pass over the data is a fresh seeded permutation; the last batch of a
  /// pass is as short as it comes. `afterEpoch` is called after each full pass with the number of passes so far (from 1).
  ///
  /// `shouldContinue` is asked between steps; a false answer throws `CancellationError`.
  package func train(
    on set: TrainingSet, shouldContinue: () -> Bool = { true }, afterEpoch: (Int, Network) -> Void = { _, _ in }
  ) throws -> Network {
    fatalError("not built yet")
  }
}
