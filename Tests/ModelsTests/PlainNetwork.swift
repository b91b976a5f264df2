import Core
import Models
import Numerics
import Samples

/// A network in double precision, as plain as it can be written, with its parameters in one list.
struct PlainNetwork {
  let layers: [Layer]
  let shape: SampleShape

  /// Image and channel, row and column of an image, or one number a "channel" of 1 × 1 of a vector.
  struct Values {
    var height: Int
    var width: Int
    /// By channel, row and column.
    var numbers: [Double]

    var channels: Int { numbers.count / (height * width) }

    func at(_ channel: Int, _ y: Int, _ x: Int) -> Double {
      guard (0..<height).contains(y), (0..<width).contains(x) else { return 0 }
      return numbers[(channel * height + y) * width + x]
    }
  }

  /// All that training determines, in the order of the layers: weights, then biases.
  static func parameters(of layers: [Layer]) -> [Double] {
    layers.flatMap { layer -> [Double] in
      switch layer {
      case .linear(let weights, let bias): (weights.values + bias).map(Double.init)
      case .convolution(let own): (own.weights + (own.bias ?? [])).map(Double.init)
      case .batchNormalisation(let own): (own.weight + own.bias).map(Double.init)
      case .residual(let body, let shortcut): parameters(of: body) + parameters(of: shortcut)
      default: []
      }
    }
  }

  /// What the layers make of a batch with other parameters: logits, one list a sample.
  func logits(_ batch: [Values], parameters: [Double]) -> [[Double]] {
    var rest = parameters[...]
    let result = run(layers, batch, &rest).map(\.numbers)
    precondition(rest.isEmpty)
    return result
  }

  private func run(_ layers: [Layer], _ batch: [Values], _ parameters: inout ArraySlice<Double>) -> [Values] {
    layers.reduce(batch) { run($1, $0, &parameters) }
  }

  private func run(_ layer: Layer, _ batch: [Values], _ parameters: inout ArraySlice<Double>) -> [Values] {
    func take(_ count: Int) -> [Double] {
      defer { parameters = parameters.dropFirst(count) }
      return Array(parameters.prefix(count))
    }
    switch layer {
    case .linear(let weights, _):
      let (values, bias) = (take(weights.values.count), take(weights.rows))
      return batch.map { input in
        let numbers = (0..<weights.rows).map { output in
          zip(values[(output * weights.columns)...], input.numbers).reduce(bias[output]) { $0 + $1.0 * $1.1 }
        }
        return Values(height: 1, width: 1, numbers: numbers)
      }
    case .rectifier:
      return batch.map { Values(height: $0.height, width: $0.width, numbers: $0.numbers.map { max($0, 0) }) }
    case .convolution(let own):
      let (weights, bias) = (take(own.weights.count), take(own.bias?.count ?? 0))
      return batch.map { convolved($0, own, weights, bias) }
    case .batchNormalisation(let own):
      return normalised(batch, weight: take(own.channels), bias: take(own.channels))
    case .maximumPooling:
      return batch.map { input in
        let (height, width) = (input.height / 2, input.width / 2)
        let numbers = (0..<input.channels * height * width).map { place in
          let (c, y, x) = (place / (height * width), place / width % height * 2, place % width * 2)
          return max(input.at(c, y, x), input.at(c, y, x + 1), input.at(c, y + 1, x), input.at(c, y + 1, x + 1))
        }
        return Values(height: height, width: width, numbers: numbers)
      }
    case .averagePooling:
      return batch.map { input in
        let area = input.height * input.width
        let means = (0..<input.channels).map {
          input.numbers[($0 * area)..<(($0 + 1) * area)].reduce(0, +) / Double(area)
        }
        return Values(height: 1, width: 1, numbers: means)
      }
    case .flattening: return batch.map { Values(height: 1, width: 1, numbers: $0.numbers) }
    case .residual(let body, let shortcut):
      let main = run(body, batch, &parameters)
      let other = run(shortcut, batch, &parameters)
      return zip(main, other).map {
        Values(height: $0.height, width: $0.width, numbers: zip($0.numbers, $1.numbers).map { $0 + $1 })
      }
    case .neighbours, .recorded: preconditionFailure("has no parameters")
    }
  }

  private func convolved(
    _ input: Values, _ own: ConvolutionParameters, _ weights: [Double], _ bias: [Double]
  ) -> Values {
    let (height, width) = ((input.height + own.step - 1) / own.step, (input.width + own.step - 1) / own.step)
    let area = own.kernel * own.kernel
    let numbers = (0..<own.outputs * height * width).map { place in
      let (output, y, x) = (place / (height * width), place / width % height, place % width)
      var sum = bias.isEmpty ? 0 : bias[output]
      for channel in 0..<own.inputs {
        for tap in 0..<area {
          let (dy, dx) = (tap / own.kernel - own.kernel / 2, tap % own.kernel - own.kernel / 2)
          sum +=
            weights[(output * own.inputs + channel) * area + tap]
            * input.at(channel, y * own.step + dy, x * own.step + dx)
        }
      }
      return sum
    }
    return Values(height: height, width: width, numbers: numbers)
  }

  /// By the moments of the batch.
  private func normalised(_ batch: [Values], weight: [Double], bias: [Double]) -> [Values] {
    var batch = batch
    let area = batch[0].height * batch[0].width
    for channel in weight.indices {
      let range = channel * area..<(channel + 1) * area
      let all = batch.flatMap { $0.numbers[range] }
      let mean = all.reduce(0, +) / Double(all.count)
      let variance = all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(all.count)
      let scale = weight[channel] / (variance + 1e-5).squareRoot()
      for image in batch.indices {
        for place in range {
          batch[image].numbers[place] = (batch[image].numbers[place] - mean) * scale + bias[channel]
        }
      }
    }
    return batch
  }

  /// Mean cross-entropy plus ½ λ of every parameter squared.
  func loss(_ set: TrainingSet, parameters: [Double], weightDecay: Double) -> Double {
    let batch = Self.values(of: set)
    let losses = zip(logits(batch, parameters: parameters), set.labels).map { logits, label in
      let top = logits.max()!
      return top + PortableMath.log(logits.reduce(0) { $0 + PortableMath.exp($1 - top) }) - logits[Int(label)]
    }
    return losses.reduce(0, +) / Double(losses.count) + 0.5 * weightDecay * parameters.reduce(0) { $0 + $1 * $1 }
  }

  /// Normalised pixels by channel.
  static func values(of set: TrainingSet) -> [Values] {
    let (images, normalisation) = (set.images, set.normalisation!)
    return (0..<images.count).map { index in
      let pixels = Array(images.image(index))
      let area = images.height * images.width
      let numbers = (0..<pixels.count).map { place in
        let (channel, pixel) = (place / area, place % area)
        let value = Double(pixels[pixel * images.channels + channel]) / 255
        return (value - Double(normalisation.mean[channel])) / Double(normalisation.deviation[channel])
      }
      return Values(height: images.height, width: images.width, numbers: numbers)
    }
  }
}

/// Random colour images with random labels.
func randomColourSet(
  count: Int, height: Int, width: Int, channels: Int, classes: Int, seed: UInt64 = 0
) -> TrainingSet {
  var generator = SeededGenerator(seed: seed, purpose: "colour images")
  let pixels = (0..<count * height * width * channels).map { _ in UInt8(generator.integer(below: 256)) }
  let labels = (0..<count).map { _ in Int32(generator.integer(below: classes)) }
  return TrainingSet(
    images: ImageSet(count: count, height: height, width: width, channels: channels, pixels: pixels),
    labels: labels, normalisation: .centred(channels: channels))
}
