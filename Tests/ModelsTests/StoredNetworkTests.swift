import Core
import Datasets
import Formats
import Models
import Numerics
import Samples
import Testing

@Suite struct StoredNetworkTests {
  private let network = Architecture(inputs: 30, hidden: [20, 11], classes: 4).network(seed: 0)

  @Test(arguments: [[], [7], [20, 11]]) func bytesRoundTrip(hidden: [Int]) throws {
    let network = Architecture(inputs: 30, hidden: hidden, classes: 4).network(
      normalisation: PixelNormalisation(mean: [0.1], deviation: [0.2]), seed: 9)
    #expect(try Network(bytes: network.bytes) == network)
  }

  @Test func everyPartOfANetworkIsStored() throws {
    let layers: [Layer] = [
      .rectifier,
      .linear(weights: Matrix(rows: 2, columns: 30, values: [Float](repeating: .pi, count: 60)), bias: [1, -0]),
    ]
    for network in [
      Network(input: .vector(width: 30), normalisation: nil, layers: layers),
      Network(
        input: .image(height: 5, width: 2, channels: 3),
        normalisation: PixelNormalisation(mean: [0.1, 0.2, 0.3], deviation: [1, 2, 0.7]), layers: layers, family: "toy"),
    ] { #expect(try Network(bytes: network.bytes) == network) }
  }

  @Test func tensorsHaveTheNamesThatPyTorchGivesThem() throws {
    let stored = try SafeTensors(reading: network.bytes, name: "network")
    let shapes = stored.tensors.mapValues(\.shape)
    #expect(
      shapes == [
        "0.weight": [20, 30], "0.bias": [20], "2.weight": [11, 20], "2.bias": [11], "4.weight": [4, 11], "4.bias": [4],
      ])
    #expect(stored.tensors["2.bias"]?.floats == network.linearLayers[1].bias)
    #expect(
      stored.metadata == [
        "version": "2", "family": "mlp", "input": #"{"vector":30}"#,
        "layers": #"["linear","rectifier","linear","rectifier","linear"]"#,
        "normalisation": #"{"deviation":[0.3529999852180481],"mean":[0.28600001335144043]}"#,
      ])
  }

  @Test func otherBytesAreRefusedInASentence() throws {
    #expect(throws: NetworkFormatError.notANetwork) { try Network(bytes: []) }
    #expect(throws: NetworkFormatError.notANetwork) { try Network(bytes: Array("PNG".utf8)) }
    #expect(throws: NetworkFormatError.notANetwork) { try Network(bytes: SafeTensors(tensors: [:]).bytes) }
    let bytes = network.bytes
    #expect(throws: NetworkFormatError.damaged("the file ends inside the values of 4.weight")) {
      try Network(bytes: bytes.dropLast())
    }
    #expect(throws: NetworkFormatError.damaged("1 bytes at the end are nobody's")) { try Network(bytes: bytes + [0]) }
  }

  @Test(arguments: [
    ("version", "3", NetworkFormatError.unknownVersion("3")),
    ("normalization", "{}", .damaged("it says something of unknown meaning, normalization")),
    ("layers", #"["linear","rectifier","linear","rectifier"]"#, .damaged(doNotFit)),
    (
      "layers", #"["linear","linear","linear","rectifier","linear"]"#,
      .damaged("a fully connected layer has no weights")
    ),
    ("layers", #"["linear","rectifier","linear","rectifier","linear","rectifier"]"#, .damaged(doNotFit)),
    ("layers", #"["linear","tanh"]"#, .damaged(#"a layer of the kind "tanh" is not known"#)),
    ("layers", "[]", .damaged(doNotFit)),
    ("input", #"{"vector":29}"#, .damaged(doNotFit)),
    (
      "input", "{}", .damaged(#"input: either "image": [height, width, channels] or "vector": width is needed"#)
    ),
    (
      "normalisation", #"{"mean":[0.5],"deviation":[0]}"#,
      .damaged("normalisation.deviation: deviations are positive")
    ),
  ])
  func textsThatCannotBeRightAreRefused(key: String, text: String, error: NetworkFormatError) throws {
    let stored = try SafeTensors(reading: network.bytes, name: "network")
    var metadata = stored.metadata
    metadata[key] = text
    #expect(throws: error) { try Network(bytes: SafeTensors(metadata: metadata, tensors: stored.tensors).bytes) }
  }

  private static let doNotFit = "its tensors do not fit its layers, or its layers each other"

  @Test func mutatedBytesNeverTrap() throws {
    let bytes = Architecture(inputs: 3, hidden: [2], classes: 2).network(seed: 0).bytes
    // Weights and biases, single precision.
    let header = bytes.count - 4 * (3 * 2 + 2 + 2 * 2 + 2)
    var generator = SeededGenerator(seed: 0, purpose: "mutation")
    var (otherHeaders, otherValues) = (0, 0)
    for _ in 0..<4_000 {
      var mutated = bytes
      for _ in 0...generator.integer(below: 3) {
        mutated[generator.integer(below: mutated.count)] = UInt8(generator.integer(below: 256))
      }
      if generator.uniform() < 0.1 { mutated.removeLast(generator.integer(below: mutated.count)) }
      guard let network = try? Network(bytes: mutated) else { continue }
      // A header may say the same in other ways; values cannot.
      if mutated.prefix(header) == bytes.prefix(header) {
        otherValues += 1
        #expect(network.bytes == mutated)
      } else {
        otherHeaders += 1
        #expect(try Network(bytes: network.bytes).bytes == network.bytes)
      }
    }
    #expect(otherHeaders > 0 && otherValues > 0)
  }
}

@Suite struct Release1NetworkTests {
  /// What release 1 trained and stored: three pixels, two hidden units, two classes.
  private static let stored = Hexadecimal.decode(
    "574e45540100000003000000030000000200000002000000986e923e6abcb43e5218193e7c85dabe7dfe67bcb5ed013f537d873c2361743e"
      + "e423d73c9303c9bd157771be5bed553e237eb53eccb3f63eb1370f3f626a053e")!

  @Test func networksOfRelease1AreReadAndTrainedToTheSameBits() throws {
    let set = randomSet(count: 20, width: 3, classes: 2)
    var recipe = Recipe(steps: 5, learningRate: 0.05)
    recipe.batch = 7
    let trained = try Architecture(inputs: 3, hidden: [2], classes: 2).train(on: set, recipe, seed: 6)
    let read = try Network(bytes: Self.stored)
    #expect(read.layers == trained.layers && read.normalisation == trained.normalisation)
    #expect(read.family == "mlp" && read.input == .vector(width: 3))
    #expect(read.probabilities(of: set.images) == trained.probabilities(of: set.images))
    #expect(try Network(bytes: read.bytes) == read)
    #expect(Release1Form.bytes(of: read) == Self.stored)
  }

  @Test func damagedOnesAreRefusedInASentence() {
    let bytes = Self.stored
    #expect(throws: NetworkFormatError.wrongLength(expected: 8, actual: 6)) { try Network(bytes: Array(bytes[..<6])) }
    #expect(throws: NetworkFormatError.wrongLength(expected: bytes.count, actual: bytes.count + 1)) {
      try Network(bytes: bytes + [0])
    }
    var newer = bytes
    newer[4] = 2
    #expect(throws: NetworkFormatError.unknownVersion("2")) { try Network(bytes: newer) }
  }

  @Test func mutatedBytesNeverTrap() {
    var generator = SeededGenerator(seed: 0, purpose: "mutation")
    for _ in 0..<2_000 {
      var mutated = Self.stored
      for _ in 0...generator.integer(below: 3) {
        mutated[generator.integer(below: mutated.count)] = UInt8(generator.integer(below: 256))
      }
      if generator.uniform() < 0.3 { mutated.removeLast(generator.integer(below: mutated.count)) }
      if let network = try? Network(bytes: mutated) { #expect(Release1Form.bytes(of: network) == mutated) }
    }
  }
}
