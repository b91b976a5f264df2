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
    let network = architecture.network(seed: 0)
    #expect(network.parameters == architecture.parameters && network.classes == 4)
    #expect(network.linearLayers.reduce(0) { $0 + $1.weights.values.count + $1.bias.count } == architecture.parameters)
  }

  @Test func startsUniformWithinOneOverTheRootOfItsInputs() {
    let layer = Architecture(inputs: 400, hidden: [], classes: 50).network(seed: 5).linearLayers[0]
    let scaled = layer.weights.values.map { Double($0) * 20 }
    #expect(scaled.allSatisfy { abs($0) <= 1 })
    let (mean, square) = (scaled.reduce(0, +) / 20_000, scaled.reduce(0) { $0 + $1 * $1 } / 20_000)
    // Uniform on ±1: variance 1/3; of 20,000 draws the mean has deviation 0.0041 and the mean square 0.0021.
    #expect(abs(mean) < 0.02)
    #expect(abs(square - 1.0 / 3) < 0.01)
    #expect(layer.bias.allSatisfy { abs($0) <= 0.05 } && Set(layer.bias).count == 50)
  }

  @Test func seedsAndOnlySeedsChangeTheStart() {
    #expect(architecture.network(seed: 1) == architecture.network(seed: 1))
    #expect(architecture.network(seed: 1) != architecture.network(seed: 2))
  }

  @Test func probabilitiesAreThoseOfThePlainNetwork() {
    let set = randomSet(count: 600, height: 5, width: 6, classes: 4)
    let network = architecture.network(seed: 3)
    let probabilities = network.probabilities(of: set.images)
    #expect(probabilities.rows == 600 && probabilities.columns == 4)
    for row in [0, 255, 256, 599] {
      // The loss of one image with the label c is −log of the probability of c.
      for label in 0..<4 {
        let one = TrainingSet(images: set.images.selecting([row]), labels: [Int32(label)], normalisation: .fashionMNIST)
        let loss = ReferenceLoss(set: one, smoothing: 0, weightDecay: 0).value(of: ReferenceLoss.layers(of: network))
        #expect(abs(Double(probabilities[row, label]) - PortableMath.exp(-loss)) < 1e-6)
      }
    }
    #expect(network.predictions(of: set.images) == Kernels.rowArgmax(probabilities))
  }

  @Test func hiddenIsWhatTheLastLayerSees() {
    let set = randomSet(count: 9, height: 5, width: 6, classes: 4)
    let network = architecture.network(seed: 3)
    let hidden = network.hidden(of: set.images)
    #expect(hidden.columns == 11)
    #expect(hidden.values.allSatisfy { $0 >= 0 } && hidden.values.contains { $0 > 0 })
    var logits = hidden.multiplied(by: network.linearLayers[2].weights, transposedOther: true)
    Kernels.addBias(network.linearLayers[2].bias, to: &logits.values, rows: 9)
    Kernels.softmax(&logits.values, rows: 9, columns: 4)
    #expect(zip(logits.values, network.probabilities(of: set.images).values).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func hiddenOfSoftmaxRegressionAreTheNormalisedPixels() {
    let images = ImageSet(count: 1, height: 1, width: 3, pixels: [0, 255, 51])
    let network = Architecture(inputs: 3, hidden: [], classes: 2).network(
      normalisation: PixelNormalisation(mean: [0.5], deviation: [0.25]), seed: 0)
    #expect(zip(network.hidden(of: images).values, [-2, 2, -1.2]).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func noImagesGiveNoRows() {
    let none = ImageSet(count: 0, height: 5, width: 6, pixels: [])
    #expect(architecture.network(seed: 0).probabilities(of: none).rows == 0)
    #expect(architecture.network(seed: 0).predictions(of: none).isEmpty)
  }
}
