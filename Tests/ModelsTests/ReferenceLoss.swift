import Core
import Datasets
import Models
import Samples

/// The loss of a network in double precision, as plain as it can be written.
struct ReferenceLoss {
  let set: TrainingSet
  let smoothing: Double
  let weightDecay: Double

  /// The parameters of a network: of each layer a list of rows, the weights of one output followed by its bias.
  static func layers(of network: Network) -> [[[Double]]] {
    network.linearLayers.map { layer in
      (0..<layer.bias.count).map { (layer.weights.row($0) + [layer.bias[$0]]).map(Double.init) }
    }
  }

  /// Mean cross-entropy of the whole set against smoothed targets, plus ½ λ of every parameter squared.
  func value(of layers: [[[Double]]]) -> Double {
    let losses = (0..<set.images.count).map { index in
      crossEntropy(logits(of: index, layers), label: Int(set.labels[index]))
    }
    let squares = layers.joined().joined().reduce(0) { $0 + $1 * $1 }
    return losses.reduce(0, +) / Double(losses.count) + 0.5 * weightDecay * squares
  }

  private func logits(of index: Int, _ layers: [[[Double]]]) -> [Double] {
    let (mean, deviation) = (Double(set.normalisation!.mean[0]), Double(set.normalisation!.deviation[0]))
    var values = set.images.image(index).map { (Double($0) / 255 - mean) / deviation }
    for (number, layer) in layers.enumerated() {
      values = layer.map { row in zip(row, values + [1]).reduce(0) { $0 + $1.0 * $1.1 } }
      if number + 1 < layers.count { values = values.map { max($0, 0) } }
    }
    return values
  }

  /// Central differences of ``value(of:)``.
  func gradient(at layers: [[[Double]]]) -> [[[Double]]] {
    let step = 1e-5
    var (layers, gradient) = (layers, layers)
    for layer in layers.indices {
      for row in layers[layer].indices {
        for column in layers[layer][row].indices {
          let original = layers[layer][row][column]
          layers[layer][row][column] = original + step
          let above = value(of: layers)
          layers[layer][row][column] = original - step
          gradient[layer][row][column] = (above - value(of: layers)) / (2 * step)
          layers[layer][row][column] = original
        }
      }
    }
    return gradient
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
  return TrainingSet(
    images: ImageSet(count: count, height: height, width: width, pixels: pixels), labels: labels,
    normalisation: .fashionMNIST)
}
