import Core
import Datasets
import Learning
import Numerics
import Testing

/// The loss of a network in double precision, as plain as it can be written.
struct ReferenceLoss {
  let set: TrainingSet
  let smoothing: Double
  let weightDecay: Double

  /// Mean cross-entropy of the whole set against smoothed targets, plus ½ λ of every parameter squared.
  func value(of layers: [[[Double]]]) -> Double {
    let losses = (0..<set.images.count).map { index in
      crossEntropy(logits(of: index, layers), label: Int(set.labels[index]))
    }
    let squares = layers.joined().joined().reduce(0) { $0 + $1 * $1 }
    return losses.reduce(0, +) / Double(losses.count) + 0.5 * weightDecay * squares
  }

  /// Each layer is a list of rows, the weights of one output followed by its bias.
  private func logits(of index: Int, _ layers: [[[Double]]]) -> [Double] {
    let (mean, deviation) = (Double(set.normalisation.mean), Double(set.normalisation.deviation))
    var values = set.images.image(index).map { (Double($0) / 255 - mean) / deviation }
    for (number, layer) in layers.enumerated() {
      values = layer.map { row in zip(row, values + [1]).reduce(0) { $0 + $1.0 * $1.1 } }
      if number + 1 < layers.count { values = values.map { max($0, 0) } }
    }
    return values
  }

  private func crossEntropy(_ logits: [Double], label: Int) -> Double {
    let top = logits.max()!
    let normaliser = top + PortableMath.log(logits.reduce(0) { $0 + PortableMath.exp($1 - top) })
    let mean = logits.reduce(0, +) / Double(logits.count)
    return normaliser - (1 - smoothing) * logits[label] - smoothing * mean
  }
}

/// Random images with random labels.
func randomSet(count: Int, height: Int = 1, width: Int, classes: Int, seed: UInt64 = 0) -> TrainingSet {
  var generator = SeededGenerator(seed: seed, purpose: "test images")
  let pixels = (0..<count * height * width).map { _ in UInt8(generator.integer(below: 256)) }
  let labels = (0..<count).map { _ in Int32(generator.integer(below: classes)) }
  return TrainingSet(images: ImageSet(count: count, height: height, width: width, pixels: pixels), labels: labels)
}

@Suite struct GradientTests {
  /// One step at rate 1 without momentum moves every parameter by minus its gradient.
  private func gradient(_ architecture: Architecture, _ set: TrainingSet, smoothing: Float, decay: Float) throws -> (
    start: Network, gradient: [[[Double]]]
  ) {
    var recipe = Recipe(steps: 1, learningRate: 1)
    recipe.batch = set.images.count
    recipe.momentum = 0
    recipe.labelSmoothing = smoothing
    recipe.weightDecay = decay
    let start = Network(architecture, seed: 7)
    let end = try Trainer(architecture: architecture, recipe: recipe, seed: 7).train(on: set)
    let gradient = zip(rows(of: start), rows(of: end)).map { zip($0, $1).map { zip($0, $1).map(-) } }
    return (start, gradient)
  }

  private func rows(of network: Network) -> [[[Double]]] {
    network.layers.map { layer in
      (0..<layer.bias.count).map { (layer.weights.row($0) + [layer.bias[$0]]).map(Double.init) }
    }
  }

  @Test(
    "the gradient of every parameter equals a central difference in double precision",
    arguments: [
      (Architecture(inputs: 5, hidden: [], classes: 3), Float(0), Float(0)),
      (Architecture(inputs: 37, hidden: [], classes: 10), 0, 0.01),
      (Architecture(inputs: 21, hidden: [], classes: 17), 0.1, 0),
      (Architecture(inputs: 19, hidden: [33], classes: 10), 0, 0),
      (Architecture(inputs: 16, hidden: [7], classes: 2), 0.1, 0.1),
      (Architecture(inputs: 9, hidden: [20, 18], classes: 10), 0.05, 0.003),
      (Architecture(inputs: 7, hidden: [5, 24, 6], classes: 4), 0, 0),
      (Architecture(inputs: 4, hidden: [1], classes: 19), 0.2, 0),
    ])
  func matchesFiniteDifferences(_ architecture: Architecture, smoothing: Float, decay: Float) throws {
    let set = randomSet(count: 13, width: architecture.inputs, classes: architecture.classes)
    let (start, gradient) = try gradient(architecture, set, smoothing: smoothing, decay: decay)
    let loss = ReferenceLoss(set: set, smoothing: Double(smoothing), weightDecay: Double(decay))
    var layers = rows(of: start)
    let step = 1e-5
    for layer in layers.indices {
      for row in layers[layer].indices {
        for column in layers[layer][row].indices {
          let original = layers[layer][row][column]
          layers[layer][row][column] = original + step
          let above = loss.value(of: layers)
          layers[layer][row][column] = original - step
          let below = loss.value(of: layers)
          layers[layer][row][column] = original
          let expected = (above - below) / (2 * step)
          // Single precision: the gradient itself and the subtraction of two weights below 1.
          #expect(abs(gradient[layer][row][column] - expected) < 2e-6, "layer \(layer), row \(row), column \(column)")
        }
      }
    }
  }
}
