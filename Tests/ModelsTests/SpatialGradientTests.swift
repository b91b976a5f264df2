import Core
import Models
import Numerics
import Samples
import Testing

@Suite struct SpatialGradientTests {
  private static func draw(_ count: Int, _ generator: inout SeededGenerator) -> [Float] {
    (0..<count).map { _ in Float(generator.uniform(in: -0.5..<0.5)) }
  }

  private static func convolution(_ inputs: Int, _ outputs: Int, kernel: Int = 3, step: Int = 1, biased: Bool = true)
    -> Layer
  {
    var generator = SeededGenerator(seed: UInt64(inputs * 100 + outputs), purpose: "convolution")
    return .convolution(
      ConvolutionParameters(
        weights: draw(outputs * inputs * kernel * kernel, &generator), bias: biased ? draw(outputs, &generator) : nil,
        inputs: inputs, outputs: outputs, kernel: kernel, step: step)!)
  }

  private static func normalisation(_ channels: Int) -> Layer {
    var generator = SeededGenerator(seed: UInt64(channels), purpose: "normalisation")
    return .batchNormalisation(
      BatchNormalisation(
        weight: draw(channels, &generator).map { $0 + 1 }, bias: draw(channels, &generator),
        mean: [Float](repeating: 0, count: channels), variance: [Float](repeating: 1, count: channels))!)
  }

  private static func linear(_ inputs: Int, _ outputs: Int) -> Layer {
    var generator = SeededGenerator(seed: UInt64(inputs), purpose: "linear")
    return .linear(
      weights: Matrix(rows: outputs, columns: inputs, values: draw(outputs * inputs, &generator)),
      bias: draw(outputs, &generator))
  }

  /// Networks on images of 5 × 6 pixels in two channels.
  private static let networks: [(String, [Layer])] = [
    ("convolution and pooling", [convolution(2, 3), .rectifier, .maximumPooling, .flattening, linear(18, 3)]),
    ("two convolutions without rectifiers", [convolution(2, 7), convolution(7, 2), .flattening, linear(60, 3)]),
    ("a step of two", [convolution(2, 5, step: 2), .rectifier, .averagePooling, linear(5, 3)]),
    (
      "a step of two after another layer",
      [convolution(2, 4), .rectifier, convolution(4, 3, step: 2, biased: false), .flattening, linear(27, 3)]
    ),
    (
      "a kernel of one with a step of two",
      [convolution(2, 4, biased: false), convolution(4, 3, kernel: 1, step: 2), .averagePooling, linear(3, 3)]
    ),
    (
      "batch normalisation",
      [convolution(2, 3, biased: false), normalisation(3), .rectifier, .averagePooling, linear(3, 3)]
    ),
    ("batch normalisation of the inputs", [normalisation(2), .averagePooling, linear(2, 3)]),
    (
      "a residual block with the identity",
      [
        convolution(2, 3), .residual(body: [convolution(3, 3), .rectifier, convolution(3, 3)], shortcut: []),
        .rectifier,
        .averagePooling, linear(3, 3),
      ]
    ),
    (
      "a residual block with a shortcut",
      [
        convolution(2, 3, biased: false), normalisation(3), .rectifier,
        .residual(
          body: [
            convolution(3, 4, step: 2, biased: false), normalisation(4), .rectifier, convolution(4, 4, biased: false),
            normalisation(4),
          ], shortcut: [convolution(3, 4, kernel: 1, step: 2, biased: false), normalisation(4)]), .rectifier,
        .flattening, linear(36, 5), .rectifier, linear(5, 3),
      ]
    ),
    ("a rectifier after pooling", [convolution(2, 3), .maximumPooling, .rectifier, .averagePooling, linear(3, 3)]),
  ]

  /// One step at rate 1 without momentum moves every parameter by minus its gradient.
  @Test("the gradient of every parameter equals a central difference in double precision", arguments: networks.indices)
  func matchesFiniteDifferences(index: Int) throws {
    let layers = Self.networks[index].1
    let set = randomColourSet(count: 4, height: 5, width: 6, channels: 2, classes: 3)
    let start = Network(input: set.inputs.shape, normalisation: set.normalisation, layers: layers)
    var recipe = Recipe(steps: 1, learningRate: 1)
    recipe.batch = 4
    recipe.momentum = 0
    recipe.weightDecay = 0.01
    let end = try Trainer(recipe: recipe, seed: 1).train(on: set, from: start, context: .unobserved)
    let before = PlainNetwork.parameters(of: start.layers)
    let moved = zip(before, PlainNetwork.parameters(of: end.layers)).map { $0 - $1 }
    let plain = PlainNetwork(layers: layers, shape: set.inputs.shape)
    var differences = 0.0
    for place in before.indices {
      var (above, below) = (before, before)
      above[place] += 1e-5
      below[place] -= 1e-5
      let slope =
        (plain.loss(set, parameters: above, weightDecay: 0.01) - plain.loss(set, parameters: below, weightDecay: 0.01))
        / 2e-5
      #expect(abs(moved[place] - slope) < 1e-5, "\(Self.networks[index].0), parameter \(place)")
      differences += abs(slope)
    }
    #expect(differences > 0.01)
  }

  @Test("logits are those of the plain network", arguments: networks.indices.filter { $0 != 5 && $0 != 6 && $0 != 8 })
  func logits(index: Int) {
    let layers = Self.networks[index].1
    let set = randomColourSet(count: 260, height: 5, width: 6, channels: 2, classes: 3)
    let network = Network(input: set.inputs.shape, normalisation: set.normalisation, layers: layers)
    let plain = PlainNetwork(layers: layers, shape: set.inputs.shape)
      .logits(PlainNetwork.values(of: set), parameters: PlainNetwork.parameters(of: layers))
    let logits = network.logits(of: set.inputs)
    #expect(
      zip(logits.values, plain.joined()).allSatisfy { abs(Double($0) - $1) < 1e-5 }, "\(Self.networks[index].0)")
  }

  @Test func runningMomentsAreThoseOfTheBatchesAsPyTorchCountsThem() throws {
    let set = randomColourSet(count: 9, height: 4, width: 4, channels: 1, classes: 3)
    let layers: [Layer] = [.batchNormalisation(BatchNormalisation(channels: 1)), .averagePooling, Self.linear(1, 3)]
    let start = Network(input: set.inputs.shape, normalisation: set.normalisation, layers: layers)
    var recipe = Recipe(steps: 2, learningRate: 0)
    recipe.batch = 9
    let end = try Trainer(recipe: recipe, seed: 1).train(on: set, from: start, context: .unobserved)
    guard case .batchNormalisation(let moments) = end.layers[0] else { throw CancellationError() }
    let values = PlainNetwork.values(of: set).flatMap(\.numbers)
    let mean = values.reduce(0, +) / 144
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 143
    #expect(abs(Double(moments.mean[0]) - (0.9 * 0.1 + 0.1) * mean) < 1e-6)
    #expect(abs(Double(moments.variance[0]) - (0.81 + 0.19 * variance)) < 1e-6)
    // Inference uses them, not those of what it is asked about.
    let one = end.hidden(of: .images(set.images.selecting([0])))
    #expect(one.values == [end.hidden(of: set.inputs).values[0]])
    let pixels = PlainNetwork.values(of: set)[0].numbers.reduce(0, +) / 16
    let scaled = (pixels - Double(moments.mean[0])) / (Double(moments.variance[0]) + 1e-5).squareRoot()
    #expect(abs(Double(one.values[0]) - scaled) < 1e-5)
  }
}
