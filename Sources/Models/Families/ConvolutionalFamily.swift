package import Core
package import Samples

/// Plain convolutional networks: groups of 3 × 3 convolutions with rectifiers, each group followed by pooling, then fully
/// connected layers.
package struct ConvolutionalFamily: ModelFamily {
  package init() {}

  package let name = "cnn"
  package let version = 1
  package let summary = Words(
    english: "3 × 3 convolutions with rectifiers and pooling, then fully connected layers",
    japanese: "3 × 3 の畳み込みと ReLU、プーリング、全結合層からなるネットワーク")
  package let optionNames = ["channels", "hidden"] + AugmentationOptions.names

  package func meaning(ofOption name: String) -> Words {
    switch name {
    case "channels":
      Words(
        english:
          "outputs of the convolutions, 1 to 1024: at most 6 groups of at most 8 (a number alone is a group of one), each "
          + "followed by 2 × 2 maximum pooling; [32, 64] unless given",
        japanese: "畳み込みの出力数（1〜1024）。8 個までのグループを 6 つまで（数だけなら 1 個のグループ）、各グループの後に 2 × 2 "
          + "の最大プーリング。既定は [32, 64]")
    case "hidden":
      Words(
        english: "widths of the hidden fully connected layers, at most 4 from 1 to 8192; [128] unless given",
        japanese: "全結合の隠れ層の幅（1〜8192、4 層まで）。既定は [128]")
    default: AugmentationOptions.meaning(of: name)
    }
  }

  package func takes(_ shape: SampleShape) -> Bool { shape.isConvolvable(from: 4) }

  package func model(options: [String: JSONValue], place: String) throws -> any Model {
    var object = try StrictObject(.object(options), place: place)
    let groups = try object.array("channels") ?? [32, 64]
    let widths = try object.array("hidden") ?? [128]
    let augmentation = try AugmentationOptions.read(&object)
    guard (1...6).contains(groups.count) else {
      throw object.error("channels", "1 to 6 groups of convolutions, not \(groups.count)")
    }
    let channels = try groups.map { group in
      let own = group.elements ?? [group]
      guard (1...8).contains(own.count) else {
        throw object.error("channels", "1 to 8 convolutions in a group, not \(own.count)")
      }
      return try own.map { try Self.width($0, "channels", upTo: 1_024, object) }
    }
    guard widths.count <= 4 else { throw object.error("hidden", "at most 4 hidden layers, not \(widths.count)") }
    let hidden = try widths.map { try Self.width($0, "hidden", upTo: 8_192, object) }
    let start = try StartingWeights.read(&object)
    try object.finish()
    return ConvolutionalNetwork(channels: channels, hidden: hidden, augmentation: augmentation, start: start)
  }

  private static func width(
    _ value: JSONValue, _ key: String, upTo limit: Int, _ object: StrictObject
  ) throws -> Int {
    guard let width = value.int, (1...limit).contains(width) else {
      throw object.error(
        key, "widths are whole numbers from 1 to \(limit), not \(value.canonicalText.prefix(40))")
    }
    return width
  }
}

struct ConvolutionalNetwork: SpatialModel, Hashable {
  static let family = ConvolutionalFamily().name

  /// Outputs of the convolutions of each group.
  let channels: [[Int]]
  /// Widths of the fully connected layers before the last.
  let hidden: [Int]
  let augmentation: Augmentation
  var start: StartingWeights?

  var options: [String: JSONValue] {
    let groups = channels.map { group in
      let widths = group.map { JSONValue.integer(Int64($0)) }
      return widths.count == 1 ? widths[0] : .array(widths)
    }
    return AugmentationOptions.written(augmentation).merging(start.options) { own, _ in own }.merging([
      "channels": .array(groups), "hidden": .array(hidden.map { .integer(Int64($0)) }),
    ]) { own, _ in own }
  }

  /// Images that are too small to be pooled once more are not.
  func layers(shape: SampleShape, classes: Int, _ generator: inout SeededGenerator) -> [Layer] {
    var layers: [Layer] = []
    var shape = shape
    for group in channels {
      for outputs in group {
        let convolution = ConvolutionParameters.drawn(
          inputs: shape.image!.channels, outputs: outputs, biased: true, &generator)
        layers += [.convolution(convolution), .rectifier]
        shape = Layer.convolution(convolution).outputShape(for: shape)!
      }
      guard let pooled = Layer.maximumPooling.outputShape(for: shape) else { continue }
      layers.append(.maximumPooling)
      shape = pooled
    }
    layers.append(.flattening)
    let widths = [shape.size] + hidden + [classes]
    for (inputs, outputs) in zip(widths, widths.dropFirst()) {
      layers += [.linear(inputs: inputs, outputs: outputs, &generator), .rectifier]
    }
    return Array(layers.dropLast())
  }
}
