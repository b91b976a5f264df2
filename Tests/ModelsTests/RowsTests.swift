import Core
import Datasets
import Models
import Numerics
import Samples
import Testing

@Suite struct RowsTests {
  private let architecture = Architecture(inputs: 12, hidden: [9], classes: 3)
  private let trainer = {
    var recipe = Recipe(steps: 40, learningRate: 0.05)
    recipe.batch = 10
    return Trainer(architecture: Architecture(inputs: 12, hidden: [9], classes: 3), recipe: recipe, seed: 4)
  }()

  /// The inputs that a network makes of a set's pixels.
  private func rows(of set: TrainingSet) -> Matrix {
    Network(Architecture(inputs: 12, hidden: [], classes: 3), seed: 0).hidden(of: set.images)
  }

  @Test func normalisedPixelsAsRowsTrainTheSameNetworkAsImages() throws {
    let set = randomSet(count: 57, width: 12, classes: 3)
    let asRows = TrainingSet(.vectors(rows(of: set)), labels: set.labels)
    let (fromImages, fromRows) = (try trainer.train(on: set), try trainer.train(on: asRows))
    #expect(fromImages == fromRows)
    #expect(fromRows.probabilities(of: asRows.inputs) == fromImages.probabilities(of: set.images))
    #expect(fromRows.hidden(of: asRows.inputs).columns == 9)
    #expect(fromRows.predictions(of: asRows.inputs) == fromImages.predictions(of: set.images))
  }

  @Test func aFreshHeadKeepsTheBody() {
    let network = Network(architecture, seed: 1)
    let fresh = network.withFreshHead(classes: 5, seed: 2)
    #expect(fresh.layers[0] == network.layers[0])
    #expect(fresh.architecture == Architecture(inputs: 12, hidden: [9], classes: 5))
    #expect(fresh.layers[1].weights.rows == 5 && fresh == network.withFreshHead(classes: 5, seed: 2))
    #expect(fresh != network.withFreshHead(classes: 5, seed: 3))
  }

  @Test func fineTuningStartsFromTheGivenParameters() throws {
    let set = randomSet(count: 57, width: 12, classes: 3)
    let start = try trainer.train(on: set).withFreshHead(classes: 3, seed: 8)
    var still = trainer.recipe
    still.learningRate = 0
    let unmoved = try Trainer(architecture: architecture, recipe: still, seed: 4).train(on: set, from: start)
    #expect(unmoved == start)
    #expect(try trainer.train(on: set, from: start) != trainer.train(on: set))
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
