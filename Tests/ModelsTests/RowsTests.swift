import Core
import Datasets
import Models
import Numerics
import Samples
import Testing

@Suite struct RowsTests {
  private let architecture = Architecture(inputs: 12, hidden: [9], classes: 3)
  private let recipe = {
    var recipe = Recipe(steps: 40, learningRate: 0.05)
    recipe.batch = 10
    return recipe
  }()

  private func train(on set: TrainingSet, from start: Network? = nil) throws -> Network {
    try Trainer(recipe: recipe, seed: 4)
      .train(on: set, from: start ?? architecture.network(for: set, seed: 4), context: .unobserved)
  }

  /// The inputs that a network makes of a set's pixels.
  private func rows(of set: TrainingSet) -> Matrix {
    Architecture(inputs: 12, hidden: [], classes: 3).network(seed: 0).hidden(of: set.images)
  }

  @Test func normalisedPixelsAsRowsTrainTheSameNetworkAsImages() throws {
    let set = randomSet(count: 57, width: 12, classes: 3)
    let asRows = TrainingSet(.vectors(rows(of: set)), labels: set.labels, normalisation: nil)
    let (fromImages, fromRows) = (try train(on: set), try train(on: asRows))
    #expect(fromImages.layers == fromRows.layers)
    #expect(fromRows.probabilities(of: asRows.inputs) == fromImages.probabilities(of: set.images))
    #expect(fromRows.hidden(of: asRows.inputs).columns == 9)
    #expect(fromRows.predictions(of: asRows.inputs) == fromImages.predictions(of: set.images))
    #expect(fromImages.logits(of: asRows.inputs) == fromImages.logits(of: set.inputs))
  }

  @Test func aFreshHeadKeepsTheBody() {
    let network = architecture.network(seed: 1)
    let fresh = network.withFreshHead(classes: 5, seed: 2)
    #expect(fresh.layers[0] == network.layers[0])
    #expect(fresh.layers[1] == .rectifier && fresh.classes == 5)
    #expect(fresh.linearLayers[1].weights.rows == 5 && fresh.linearLayers[1].weights.columns == 9)
    #expect(fresh == network.withFreshHead(classes: 5, seed: 2))
    #expect(fresh != network.withFreshHead(classes: 5, seed: 3))
  }

  @Test func fineTuningStartsFromTheGivenParameters() throws {
    let set = randomSet(count: 57, width: 12, classes: 3)
    let start = try train(on: set).withFreshHead(classes: 3, seed: 8)
    var still = recipe
    still.learningRate = 0
    let unmoved = try Trainer(recipe: still, seed: 4).train(on: set, from: start, context: .unobserved)
    #expect(unmoved == start)
    #expect(try train(on: set, from: start) != train(on: set))
  }

  @Test func standardisedColumnsHaveMeanZeroAndDeviationOneUnlessConstant() {
    let rows = Matrix(rows: 4, columns: 3, values: [1, 1e6, 0.1, 2, 3e6, 0.1, 3, 1e6, 0.1, 4, 3e6, 0.1])
    let standard = Standardisation(of: rows).applied(to: rows)
    #expect((0..<4).map { standard[$0, 1] } == [-1, 1, -1, 1])
    #expect((0..<4).map { standard[$0, 2] } == [0, 0, 0, 0])
    let first = (0..<4).map { Double(standard[$0, 0]) }
    #expect(abs(first.reduce(0, +)) < 1e-6 && abs(first.reduce(0) { $0 + $1 * $1 } - 4) < 1e-5)
  }
}

extension TrainingSet {
  /// The images of a set that was made of images.
  var images: ImageSet {
    guard case .images(let images) = inputs else { preconditionFailure("these samples are no images") }
    return images
  }
}
