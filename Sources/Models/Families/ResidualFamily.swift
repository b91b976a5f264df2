package import Core
package import Samples

/// Residual networks for small images (He et al. 2016, section 4.2): a convolution, three stages of basic blocks, the mean of
/// each channel, and one fully connected layer.
package struct ResidualFamily: ModelFamily {
  package init() {}

  package let name = "resnet"
  package let version = 1
  package let summary = Words(
    english: "residual network with batch normalisation: three stages of blocks of two 3 × 3 convolutions",
    japanese: "バッチ正規化つきの残差ネットワーク。3 × 3 畳み込み 2 層のブロックを 3 段に重ねる")
  package let optionNames = ["depth", "width"] + AugmentationOptions.names

  package func meaning(ofOption name: String) -> Words {
    switch name {
    case "depth":
      Words(
        english: "layers with weights, 6 n + 2 for n blocks a stage: 8, 14, 20, …, 110; 8 unless given",
        japanese: "重みを持つ層の数。各段 n ブロックで 6 n + 2（8、14、20、…、110）。既定は 8")
    case "width":
      Words(
        english: "channels of the first stage, 1 to 256; each of the other two has twice as many; 16 unless given",
        japanese: "最初の段のチャネル数（1〜256）。次の段ごとに 2 倍になる。既定は 16")
    default: AugmentationOptions.meaning(of: name)
    }
  }

  package func takes(_ shape: SampleShape) -> Bool { shape.isConvolvable(from: 4) }

  package func model(options: [String: JSONValue], place: String) throws -> any Model {
    var object = try StrictObject(.object(options), place: place)
    let depth = try object.integer("depth", in: 8...110) ?? 8
    guard depth % 6 == 2 else {
      throw object.error("depth", "6 n + 2 layers are needed, such as 8, 14 or 20, not \(depth)")
    }
    let network = ResidualNetwork(
      blocks: depth / 6, width: try object.integer("width", in: 1...256) ?? 16,
      augmentation: try AugmentationOptions.read(&object), start: try StartingWeights.read(&object))
    try object.finish()
    return network
  }
}

struct ResidualNetwork: SpatialModel, Hashable {
  static let family = ResidualFamily().name

  /// In each of the three stages.
  let blocks: Int
  let width: Int
  let augmentation: Augmentation
  var start: StartingWeights?

  var options: [String: JSONValue] {
    AugmentationOptions.written(augmentation).merging(start.options) { own, _ in own }.merging([
      "depth": .integer(Int64(6 * blocks + 2)), "width": .integer(Int64(width)),
    ]) { own, _ in own }
  }

  func layers(shape: SampleShape, classes: Int, _ generator: inout SeededGenerator) -> [Layer] {
    var channels = width
    var layers = unit(inputs: shape.image!.channels, outputs: width, &generator) + [.rectifier]
    for stage in 0..<3 {
      for block in 0..<blocks {
        let outputs = width << stage
        layers += [
          basicBlock(inputs: channels, outputs: outputs, step: stage > 0 && block == 0 ? 2 : 1, &generator), .rectifier,
        ]
        channels = outputs
      }
    }
    return layers + [.averagePooling, .linear(inputs: channels, outputs: classes, &generator)]
  }

  private func basicBlock(inputs: Int, outputs: Int, step: Int, _ generator: inout SeededGenerator) -> Layer {
    let first = unit(inputs: inputs, outputs: outputs, step: step, &generator)
    let second = unit(inputs: outputs, outputs: outputs, &generator)
    let isIdentity = step == 1 && inputs == outputs
    return .residual(
      body: first + [.rectifier] + second,
      shortcut: isIdentity ? [] : unit(inputs: inputs, outputs: outputs, kernel: 1, step: step, &generator))
  }

  /// A convolution without biases, and its normalisation.
  private func unit(
    inputs: Int, outputs: Int, kernel: Int = 3, step: Int = 1, _ generator: inout SeededGenerator
  ) -> [Layer] {
    [
      .convolution(
        .drawn(inputs: inputs, outputs: outputs, kernel: kernel, step: step, biased: false, &generator)),
      .batchNormalisation(BatchNormalisation(channels: outputs)),
    ]
  }
}
