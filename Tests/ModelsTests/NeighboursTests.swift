import Core
import Formats
import Models
import Numerics
import Samples
import Testing

@Suite struct NeighboursTests {
  private let family = NeighboursFamily()
  private let queries = SampleSet.vectors(
    Matrix(rows: 60, columns: 5, values: SmallProblem.rows.values.map { Float(Double($0) * 0.9 + 0.05) }))

  /// `KNeighborsClassifier(5, weights=…, metric=…).fit(X, y)` on `X * 0.9 + 0.05`: predictions, and probabilities of row 3.
  @Test(
    "votes are scikit-learn's",
    arguments: [
      ("euclidean", false, "110000001101001011000110010000011000001000001100000000000011", [0.6, 0.4, 0]),
      ("euclidean", true, "110000001101001011010110010000011000011000101100001000001011", [0.521044, 0.478956, 0]),
      ("cosine", false, "100100101000000010000100010001010000000110000100001001000010", [0.4, 0.6, 0]),
      ("cosine", true, "110010001001002011010110010001001002011010110010001001002011", [0.87164, 0.12836, 0]),
    ] as [(String, Bool, String, [Double])])
  func votes(metric: String, weighted: Bool, predictions: String, shares: [Double]) throws {
    let network = try SmallProblem.network(
      family, ["k": 5, "metric": .string(metric), "weighted": .bool(weighted)])
    #expect(network.predictions(of: queries).map(String.init).joined() == predictions)
    // One more vote than five, spread evenly.
    let found = network.probabilities(of: queries).row(3)
    #expect(zip(found, shares).allSatisfy { abs(Double($0) - (5 * $1 + 1.0 / 3) / 6) < 1e-4 })
  }

  @Test func aSampleIsItsOwnNearestNeighbour() throws {
    for metric in ["euclidean", "cosine"] {
      let network = try SmallProblem.network(family, ["k": 1, "metric": .string(metric)])
      #expect(network.predictions(of: SmallProblem.set.inputs) == SmallProblem.labels)
    }
    let weighted = try SmallProblem.network(family, ["k": 30, "metric": "euclidean", "weighted": true])
    #expect(weighted.predictions(of: SmallProblem.set.inputs) == SmallProblem.labels)
  }

  @Test func ofEqualRowsThoseOfTheLowestIdentitiesVote() throws {
    // Thirty equal rows; the labels of the first five by identity decide, however the set is listed.
    let rows = Matrix(rows: 30, columns: 2, values: [Float](repeating: 1, count: 60))
    let identities = (0..<30).map { SampleIdentifier(sourceID: UInt32($0), content: []) }
    let byIdentity = (0..<30).sorted { identities[$0] < identities[$1] }
    var labels = [Int32](repeating: 2, count: 30)
    for place in byIdentity.prefix(3) { labels[place] = 1 }
    for order in [Array(0..<30), Array((0..<30).reversed())] {
      let set = TrainingSet(
        .vectors(rows), labels: order.map { labels[$0] }, normalisation: nil,
        identities: order.map { identities[$0] })
      let network = try SmallProblem.network(family, ["k": 5], on: set)
      #expect(network.predictions(of: .vectors(rows.rows(0..<1))) == [1])
    }
  }

  @Test func moreVotersThanSamplesAreAllSamples() throws {
    let network = try SmallProblem.network(family, ["k": 1000])
    let probabilities = network.probabilities(of: queries)
    let shares = [34.0, 23, 3].map { Float(($0 + 1.0 / 3) / 61) }
    #expect((0..<60).allSatisfy { zip(probabilities.row($0), shares).allSatisfy { abs($0 - $1) < 1e-6 } })
  }

  @Test func isStoredAsItsRows() throws {
    let network = try SmallProblem.network(family, ["k": 7, "weighted": true], on: SmallProblem.listed([4, 2, 9]))
    let stored = try SafeTensors(reading: network.bytes, name: "network")
    #expect(stored.tensors.mapValues(\.shape) == ["0.rows": [3, 5], "0.labels": [3]])
    #expect(
      stored.metadata["layers"] == #"[{"classes":3,"metric":"cosine","neighbours":7,"weighted":true}]"#)
    #expect(try Network(bytes: network.bytes) == network)
    #expect(network.hidden(of: queries) == { if case .vectors(let rows) = queries { rows.matrix } else { nil } }())
    var labels = stored.tensors
    labels["0.labels"] = SafeTensors.Tensor(shape: [3], integers: [0, 1, 3])
    #expect(
      throws: NetworkFormatError.damaged("a vote of neighbours lacks its rows, or they do not fit their labels")
    ) { try Network(bytes: SafeTensors(metadata: stored.metadata, tensors: labels).bytes) }
  }

  @Test func aFreshHeadOnANeighbourVoteIsSoftmaxRegression() throws {
    let network = try SmallProblem.network(family).withFreshHead(classes: 4, seed: 1)
    #expect(network.layers.count == 1 && network.classes == 4 && network.parameters == 6 * 4)
  }

  @Test func valuesThatAreNoNumbersAreRefusedInASentence() {
    var rows = SmallProblem.rows
    rows[3, 1] = .nan
    let set = TrainingSet(.vectors(rows), labels: SmallProblem.labels, normalisation: nil)
    #expect(throws: DatasetError.self) { try SmallProblem.network(family, on: set) }
  }

  @Test(
    arguments: [
      (["k": 0], "model.k", "a whole number from 1 to 1000 is needed, not 0"),
      (["metric": "cosin"], "model.metric", "\"cosin\" is not known; did you mean \"cosine\"?"),
    ] as [([String: JSONValue], String, String)])
  func wrongOptionsAreRefusedByName(options: [String: JSONValue], place: String, problem: String) {
    #expect(throws: ConfigurationError(place: place, problem: problem)) {
      try family.model(options: options, place: "model")
    }
  }
}
