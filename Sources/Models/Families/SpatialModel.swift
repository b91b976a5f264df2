import Core
import Samples

/// A network on images with a stated list of layers, trained by stochastic gradient descent.
protocol SpatialModel: Model {
  static var family: String { get }
  var augmentation: Augmentation { get }
  var start: StartingWeights? { get set }

  /// The layers that training starts from, drawn from `generator`.
  func layers(shape: SampleShape, classes: Int, _ generator: inout SeededGenerator) -> [Layer]
}

extension SpatialModel {
  var files: [String: String] { start.files }

  func given(_ files: [String: [UInt8]]) throws -> Self {
    var given = self
    given.start = try start?.given(files)
    return given
  }

  func parameters(shape: SampleShape, classes: Int) -> Int {
    layers(shape: shape, classes: classes).reduce(0) { $0 + $1.parameters }
  }

  /// Forward, and backward but for the gradient of the input.
  func trainingOperations(shape: SampleShape, classes: Int) -> Int {
    let products = Layer.operations(of: layers(shape: shape, classes: classes), for: shape)
    return 3 * products.reduce(0, +) - (products.first { $0 > 0 } ?? 0)
  }

  func train(
    on set: TrainingSet, classes: Int, recipe: Recipe, seed: UInt64, context: TaskContext
  ) throws -> Network {
    var recipe = recipe
    recipe.augmentation.flips = recipe.augmentation.flips || augmentation.flips
    recipe.augmentation.shift = max(recipe.augmentation.shift, augmentation.shift)
    let fresh = network(
      for: set.inputs.shape, normalisation: set.normalisation, classes: classes, seed: seed)
    return try Trainer(recipe: recipe, seed: seed)
      .train(on: set, from: start?.applied(to: fresh) ?? fresh, context: context)
  }

  /// The network that training starts from, drawn from `seed`.
  func network(for shape: SampleShape, normalisation: PixelNormalisation?, classes: Int, seed: UInt64) -> Network {
    Network(
      input: shape, normalisation: normalisation, layers: layers(shape: shape, classes: classes, seed: seed),
      family: Self.family)
  }

  private func layers(shape: SampleShape, classes: Int, seed: UInt64 = 0) -> [Layer] {
    var generator = SeededGenerator(seed: seed, purpose: "initialisation")
    return layers(shape: shape, classes: classes, &generator)
  }
}

extension SampleShape {
  /// Images of at least `least` and at most 256 pixels each way and at most 64 channels.
  func isConvolvable(from least: Int) -> Bool {
    guard let image else { return false }
    return (least...256).contains(image.height) && (least...256).contains(image.width) && image.channels <= 64
  }
}

/// The options of families that change images while they learn.
enum AugmentationOptions {
  static let names = ["flip", "crop", StartingWeights.option]

  static func meaning(of name: String) -> Words {
    switch name {
    case "flip":
      Words(
        english: "whether half of the images are mirrored left to right in training, true or false; false unless given",
        japanese: "訓練で画像の半分を左右反転するか（true / false）。既定は false")
    case StartingWeights.option: StartingWeights.meaning
    default:
      Words(
        english: "pixels by which images are moved at most, each way, in training, 0 to 32; 0 unless given",
        japanese: "訓練で画像を上下左右にずらす最大の画素数（0〜32）。既定は 0")
    }
  }

  static func read(_ object: inout StrictObject) throws -> Augmentation {
    var augmentation = Augmentation()
    augmentation.flips = try object.bool("flip") ?? false
    augmentation.shift = try object.integer("crop", in: 0...32) ?? 0
    return augmentation
  }

  static func written(_ augmentation: Augmentation) -> [String: JSONValue] {
    ["flip": .bool(augmentation.flips), "crop": .integer(Int64(augmentation.shift))]
  }
}
