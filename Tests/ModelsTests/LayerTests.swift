import Core
import Datasets
import Models
import Numerics
import Samples
import Testing

@Suite struct LayerTests {
  private let set = randomSet(count: 57, width: 12, classes: 3)
  private var recipe: Recipe {
    var recipe = Recipe(steps: 40, learningRate: 0.05)
    recipe.batch = 10
    recipe.weightDecay = 0.01
    return recipe
  }

  private func train(_ start: Network, on set: TrainingSet) throws -> Network {
    try Trainer(recipe: recipe, seed: 4).train(on: set, from: start, context: .unobserved)
  }

  private func network(_ layers: [Layer], like network: Network) -> Network {
    Network(input: network.input, normalisation: network.normalisation, layers: layers)
  }

  @Test func aSecondRectifierChangesNothing() throws {
    let start = Architecture(inputs: 12, hidden: [9], classes: 3).network(for: set, seed: 1)
    let trained = try train(start, on: set)
    let twice = try train(network(start.layers.flatMap { $0 == .rectifier ? [$0, $0] : [$0] }, like: start), on: set)
    #expect(twice.layers.filter { $0 != .rectifier } == trained.layers.filter { $0 != .rectifier })
    #expect(twice.layers.count == 4 && twice.hidden(of: set.inputs) == trained.hidden(of: set.inputs))
    #expect(twice.probabilities(of: set.inputs) == trained.probabilities(of: set.inputs))
  }

  @Test func aRectifierBeforeAllLayersRectifiesTheInputs() throws {
    let plain = Architecture(inputs: 12, hidden: [], classes: 3).network(for: set, seed: 1)
    let inputs = plain.hidden(of: set.inputs)
    let positive = Matrix(rows: inputs.rows, columns: 12, values: inputs.values.map { max($0, 0) })
    let rows = TrainingSet(.vectors(positive), labels: set.labels, normalisation: nil)
    let expected = try train(Network(input: rows.inputs.shape, normalisation: nil, layers: plain.layers), on: rows)
    let found = try train(network([.rectifier] + plain.layers, like: plain), on: set)
    #expect(found.layers.last == expected.layers.last)
    #expect(found.logits(of: set.inputs) == expected.logits(of: rows.inputs))
  }

  @Test func layersWithoutRectifiersBetweenThemAreOneLinearMap() {
    let first = Matrix(rows: 2, columns: 3, values: [1, 0, -1, 2, 1, 0])
    let second = Matrix(rows: 2, columns: 2, values: [1, -1, 0, 3])
    let network = Network(
      input: .vector(width: 3), normalisation: nil,
      layers: [.linear(weights: first, bias: [1, 0]), .linear(weights: second, bias: [0, -5])])
    let logits = network.logits(of: .vectors(Matrix(rows: 1, columns: 3, values: [1, 2, 4])))
    // The first layer gives (1 − 4 + 1, 2 + 2).
    #expect(logits.values == [-2 - 4, 12 - 5])
  }

  @Test func everyChannelIsNormalisedByItsOwnMeanAndDeviation() throws {
    let (mean, deviation): ([Float], [Float]) = ([0.5, 0.25, 0], [0.25, 1, 0.5])
    let images = ImageSet(count: 2, height: 1, width: 2, channels: 3, pixels: (0..<12).map { UInt8($0 * 20) })
    let set = TrainingSet(
      images: images, labels: [0, 1], normalisation: PixelNormalisation(mean: mean, deviation: deviation))
    let network = Architecture(inputs: 6, hidden: [], classes: 2).network(for: set, seed: 0)
    let expected = images.pixels.enumerated().map { (Float($1) / 255 - mean[$0 % 3]) / deviation[$0 % 3] }
    #expect(zip(network.hidden(of: images).values, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(try train(network, on: set).predictions(of: images) == [0, 1])
  }

  @Test func inferenceProceedsWithEveryBatchAndStopsWhenUnwanted() throws {
    let set = randomSet(count: 600, width: 12, classes: 3)
    let network = Architecture(inputs: 12, hidden: [9], classes: 3).network(for: set, seed: 1)
    let listener = Listener()
    #expect(
      try network.probabilities(of: set.inputs, context: listener.context) == network.probabilities(of: set.images))
    #expect(listener.reports == [0, 256.0 / 600, 512.0 / 600])
    #expect(try network.logits(of: set.inputs, context: listener.context) == network.logits(of: set.inputs))
    #expect(try network.hidden(of: set.inputs, context: listener.context) == network.hidden(of: set.inputs))
    #expect(try network.predictions(of: set.inputs, context: listener.context) == network.predictions(of: set.inputs))
    let impatient = Listener(wantedCalls: 1)
    #expect(throws: CancellationError.self) { try network.logits(of: set.inputs, context: impatient.context) }
    #expect(impatient.reports == [0])
  }
}
