import Core
import Models
import Numerics
import Samples
import Testing

@Suite struct ProbeTests {
  private let family = ProbeFamily()

  /// `LogisticRegression(C=1/(60 * l2), tol=1e-12, max_iter=100000).fit(Z, y)`: the mean cross-entropy and the probabilities of
  /// row 7.
  @Test(
    "the optimum is scikit-learn's",
    arguments: [
      (0.1, 0.556091656409852, [0.7900299, 0.1828426, 0.0271274]),
      (0.001, 0.5023489999384531, [0.9146419, 0.0828854, 0.0024727]),
    ])
  func optimum(l2: Double, crossEntropy: Double, probabilities: [Double]) throws {
    let network = try SmallProblem.network(family, ["l2": .number(l2), "tolerance": 1e-6])
    #expect(abs(SmallProblem.crossEntropy(of: network) - crossEntropy) < 2e-5)
    let found = network.probabilities(of: SmallProblem.set.inputs).row(7)
    #expect(zip(found, probabilities).allSatisfy { abs(Double($0) - $1) < 2e-4 })
  }

  /// The gradient in double precision, from what the network answers alone.
  @Test(arguments: [1e-2, 1e-4, 1e-6]) func noComponentOfTheGradientIsLargerThanTheTolerance(tolerance: Double) throws {
    let network = try SmallProblem.network(family, ["l2": 0.01, "tolerance": .number(tolerance)])
    guard case .linear(let weights, _) = network.layers[0] else { throw CancellationError() }
    let probabilities = network.probabilities(of: SmallProblem.set.inputs)
    var largest = 0.0
    for label in 0..<3 {
      let errors = (0..<60).map {
        Double(probabilities[$0, label]) - (SmallProblem.labels[$0] == Int32(label) ? 1 : 0)
      }
      largest = max(largest, abs(errors.reduce(0, +) / 60))
      for column in 0..<5 {
        let values = SmallProblem.standardised.map { $0[column] }
        let deviation = Self.deviation(column)
        let slope = zip(errors, values).reduce(0) { $0 + $1.0 * $1.1 } / 60
        largest = max(largest, abs(slope + 0.01 * Double(weights[label, column]) * deviation))
      }
    }
    // What single precision makes of the weights and probabilities.
    #expect(largest <= tolerance + 1e-6)
  }

  private static func deviation(_ column: Int) -> Double {
    let values = (0..<60).map { Double(SmallProblem.rows[$0, column]) }
    let mean = values.reduce(0, +) / 60
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 60).squareRoot()
  }

  @Test func equalSetsGiveEqualBytesWhateverTheListingAndTheSeed() throws {
    let order = Array(0..<60)
    let bytes = try SmallProblem.network(family, on: SmallProblem.listed(order)).bytes
    #expect(try SmallProblem.network(family, on: SmallProblem.listed(order.reversed()), seed: 7).bytes == bytes)
    #expect(try SmallProblem.network(family, ["l2": 0.5], on: SmallProblem.listed(order)).bytes != bytes)
  }

  @Test func imagesAreTrainedOnAsTheirNormalisedPixels() throws {
    let images = randomSet(count: 40, height: 3, width: 4, classes: 3)
    let rows = Network(
      input: images.inputs.shape, normalisation: images.normalisation,
      layers: [.linear(weights: Matrix(rows: 2, columns: 12), bias: [0, 0])]
    ).hidden(of: images.inputs)
    let asRows = TrainingSet(.vectors(rows), labels: images.labels, normalisation: nil)
    let (fromImages, fromRows) = (
      try SmallProblem.network(family, on: images), try SmallProblem.network(family, on: asRows)
    )
    #expect(fromImages.layers == fromRows.layers && fromImages.family == "probe")
    #expect(try Network(bytes: fromImages.bytes) == fromImages)
  }

  @Test func aColumnThatDoesNotVaryHasNoWeight() throws {
    var rows = SmallProblem.rows
    for row in 0..<60 { rows[row, 2] = 0.1 }
    let set = TrainingSet(.vectors(rows), labels: SmallProblem.labels, normalisation: nil)
    guard case .linear(let weights, _) = try SmallProblem.network(family, on: set).layers[0] else { return }
    #expect((0..<3).allSatisfy { weights[$0, 2] == 0 && weights[$0, 1] != 0 })
  }

  @Test func stopsWhenNobodyWantsItAndReportsHowFarItIs() throws {
    let listener = Listener(wantedCalls: 5)
    #expect(throws: CancellationError.self) { try SmallProblem.network(family, context: listener.context) }
    #expect(listener.asked == 6)
    let patient = Listener()
    _ = try SmallProblem.network(family, context: patient.context)
    #expect(patient.reports == patient.reports.sorted() && patient.reports.last! > 0.5)
  }

  @Test(
    arguments: [
      (["l2": -1], "model.l2", "a number from 0.0 to 1000.0 is needed, not -1"),
      (["tolerance": 0], "model.tolerance", "a number from 1e-06 to 1.0 is needed, not 0"),
      (["iterations": 0.5], "model.iterations", "a whole number from 1 to 100000 is needed, not 0.5"),
      (["l3": 1], "model", "unknown key: \"l3\" is not known; did you mean \"l2\"?"),
    ] as [([String: JSONValue], String, String)])
  func wrongOptionsAreRefusedByName(options: [String: JSONValue], place: String, problem: String) {
    #expect(throws: ConfigurationError(place: place, problem: problem)) {
      try family.model(options: options, place: "model")
    }
  }
}
