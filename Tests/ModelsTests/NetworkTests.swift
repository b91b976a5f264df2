import Core
import Datasets
import Models
import Numerics
import Samples
import Testing

@Suite struct NetworkTests {
  private let architecture = Architecture(inputs: 30, hidden: [20, 11], classes: 4)

  @Test func countsItsParameters() {
    #expect(architecture.parameters == 30 * 20 + 20 + 20 * 11 + 11 + 11 * 4 + 4)
    let layers = Network(architecture, seed: 0).layers
    #expect(layers.reduce(0) { $0 + $1.weights.values.count + $1.bias.count } == architecture.parameters)
  }

  @Test func startsUniformWithinOneOverTheRootOfItsInputs() {
    let layer = Network(Architecture(inputs: 400, hidden: [], classes: 50), seed: 5).layers[0]
    let scaled = layer.weights.values.map { Double($0) * 20 }
    #expect(scaled.allSatisfy { abs($0) <= 1 })
    let (mean, square) = (scaled.reduce(0, +) / 20_000, scaled.reduce(0) { $0 + $1 * $1 } / 20_000)
    // Uniform on ±1: variance 1/3; of 20,000 draws the mean has deviation 0.0041 and the mean square 0.0021.
    #expect(abs(mean) < 0.02)
    #expect(abs(square - 1.0 / 3) < 0.01)
    #expect(layer.bias.allSatisfy { abs($0) <= 0.05 } && Set(layer.bias).count == 50)
  }

  @Test func seedsAndOnlySeedsChangeTheStart() {
    #expect(Network(architecture, seed: 1) == Network(architecture, seed: 1))
    #expect(Network(architecture, seed: 1) != Network(architecture, seed: 2))
  }

  @Test func probabilitiesAreThoseOfThePlainNetwork() {
    let set = randomSet(count: 600, height: 5, width: 6, classes: 4)
    let network = Network(architecture, seed: 3)
    let probabilities = network.probabilities(of: set.images)
    #expect(probabilities.rows == 600 && probabilities.columns == 4)
    for row in [0, 255, 256, 599] {
      // The loss of one image with the label c is −log of the probability of c.
      for label in 0..<4 {
        let one = TrainingSet(images: set.images.selecting([row]), labels: [Int32(label)])
        let loss = ReferenceLoss(set: one, smoothing: 0, weightDecay: 0).value(of: ReferenceLoss.layers(of: network))
        #expect(abs(Double(probabilities[row, label]) - PortableMath.exp(-loss)) < 1e-6)
      }
    }
    #expect(network.predictions(of: set.images) == Kernels.rowArgmax(probabilities))
  }

  @Test func hiddenIsWhatTheLastLayerSees() {
    let set = randomSet(count: 9, height: 5, width: 6, classes: 4)
    let network = Network(architecture, seed: 3)
    let hidden = network.hidden(of: set.images)
    #expect(hidden.columns == 11)
    #expect(hidden.values.allSatisfy { $0 >= 0 } && hidden.values.contains { $0 > 0 })
    var logits = hidden.multiplied(by: network.layers[2].weights, transposedOther: true)
    Kernels.addBias(network.layers[2].bias, to: &logits.values, rows: 9)
    Kernels.softmax(&logits.values, rows: 9, columns: 4)
    #expect(zip(logits.values, network.probabilities(of: set.images).values).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func hiddenOfSoftmaxRegressionAreTheNormalisedPixels() {
    let images = ImageSet(count: 1, height: 1, width: 3, pixels: [0, 255, 51])
    let network = Network(
      Architecture(inputs: 3, hidden: [], classes: 2), normalisation: PixelNormalisation(mean: 0.5, deviation: 0.25),
      seed: 0)
    #expect(zip(network.hidden(of: images).values, [-2, 2, -1.2]).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func noImagesGiveNoRows() {
    let none = ImageSet(count: 0, height: 5, width: 6, pixels: [])
    #expect(Network(architecture, seed: 0).probabilities(of: none).rows == 0)
    #expect(Network(architecture, seed: 0).predictions(of: none).isEmpty)
  }

  @Test(arguments: [[], [7], [20, 11]]) func bytesRoundTrip(hidden: [Int]) throws {
    let network = Network(
      Architecture(inputs: 30, hidden: hidden, classes: 4),
      normalisation: PixelNormalisation(mean: 0.1, deviation: 0.2),
      seed: 9)
    #expect(try Network(bytes: network.bytes) == network)
  }

  @Test func otherBytesAreRefusedInASentence() {
    let bytes = Network(architecture, seed: 0).bytes
    #expect(throws: NetworkFormatError.notANetwork) { try Network(bytes: []) }
    #expect(throws: NetworkFormatError.notANetwork) { try Network(bytes: Array("PNG".utf8)) }
    #expect(throws: NetworkFormatError.wrongLength(expected: 8, actual: 6)) { try Network(bytes: Array(bytes[..<6])) }
    #expect(throws: NetworkFormatError.wrongLength(expected: bytes.count, actual: bytes.count + 1)) {
      try Network(bytes: bytes + [0])
    }
    var newer = bytes
    newer[4] = 2
    #expect(throws: NetworkFormatError.unknownVersion(2)) { try Network(bytes: newer) }
  }

  @Test func mutatedBytesNeverTrap() {
    let bytes = Network(Architecture(inputs: 3, hidden: [2], classes: 2), seed: 0).bytes
    var generator = SeededGenerator(seed: 0, purpose: "mutation")
    for _ in 0..<2_000 {
      var mutated = bytes
      for _ in 0...generator.integer(below: 3) {
        mutated[generator.integer(below: mutated.count)] = UInt8(generator.integer(below: 256))
      }
      if generator.uniform() < 0.3 { mutated.removeLast(generator.integer(below: mutated.count)) }
      if let network = try? Network(bytes: mutated) { #expect(network.bytes == mutated) }
    }
  }
}
