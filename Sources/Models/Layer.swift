import Core
package import Numerics
package import Samples

/// A layer of a network, with its parameters.
package enum Layer: Hashable, Sendable {
  /// Fully connected: `output = weights · input + bias`.
  ///
  /// - weights: outputs × inputs.
  /// - bias: One an output.
  case linear(weights: Matrix, bias: [Float])
  /// `max(x, 0)` of every number.
  case rectifier
  /// What the nearest of remembered rows vote, as logits; only the last layer can be this.
  case neighbours(NeighbourVote)
  /// Answers of a model that is not here, looked up by sample; only the one layer of a network can be this.
  case recorded(RecordedAnswers)
  case convolution(ConvolutionParameters)
  /// Each channel normalised: in training by the mean and variance of the batch, later by running ones.
  case batchNormalisation(BatchNormalisation)
  /// The largest of every 2 × 2 pixels, without an odd rest.
  case maximumPooling
  /// The mean of each channel over all pixels.
  case averagePooling
  /// All numbers of an image as one row, channel by channel.
  case flattening
  /// The sum of what two ways make of an image; an empty shortcut is the image itself.
  case residual(body: [Layer], shortcut: [Layer])

  /// The shape of what comes out for inputs of a shape; nil when they do not fit.
  package func outputShape(for input: SampleShape) -> SampleShape? {
    switch self {
    case .linear(let weights, let bias):
      return weights.columns == input.size && weights.rows == bias.count && !bias.isEmpty
        ? .vector(width: weights.rows) : nil
    case .rectifier: return input
    case .neighbours(let vote): return vote.rows.columns == input.size ? .vector(width: vote.classes) : nil
    case .recorded(let answers): return .vector(width: answers.classes)
    case .convolution(let parameters):
      guard let image = input.image, image.channels == parameters.inputs else { return nil }
      let (height, width) = (image.height + parameters.step - 1, image.width + parameters.step - 1)
      return .image(
        height: height / parameters.step, width: width / parameters.step, channels: parameters.outputs)
    case .batchNormalisation(let parameters): return input.image?.channels == parameters.channels ? input : nil
    case .maximumPooling:
      guard let image = input.image, image.height > 1, image.width > 1 else { return nil }
      return .image(height: image.height / 2, width: image.width / 2, channels: image.channels)
    case .averagePooling: return input.image.map { .vector(width: $0.channels) }
    case .flattening: return input.isImage ? .vector(width: input.size) : nil
    case .residual(let body, let shortcut):
      guard input.isImage, !body.isEmpty, let output = Self.outputShape(of: body, for: input), output.isImage else {
        return nil
      }
      return Self.outputShape(of: shortcut, for: input) == output ? output : nil
    }
  }

  /// The shape of what comes out of `layers` one after the other; nil when they do not fit. What is laid out by channels must be
  /// made a row by channels before a fully connected layer or a vote takes it.
  static func outputShape(of layers: [Layer], for input: SampleShape) -> SampleShape? {
    var (shape, byChannel) = (input, false)
    for layer in layers {
      switch layer {
      case .linear, .neighbours: guard !byChannel || !shape.isImage else { return nil }
      case .rectifier: break
      default: byChannel = true
      }
      guard let output = layer.outputShape(for: shape) else { return nil }
      shape = output
    }
    return shape
  }

  /// The numbers that training determines.
  package var parameters: Int {
    switch self {
    case .linear(let weights, let bias): weights.values.count + bias.count
    case .convolution(let parameters): parameters.weights.count + (parameters.bias?.count ?? 0)
    case .batchNormalisation(let parameters): 2 * parameters.channels
    case .residual(let body, let shortcut): (body + shortcut).reduce(0) { $0 + $1.parameters }
    case .rectifier, .neighbours, .recorded, .maximumPooling, .averagePooling, .flattening: 0
    }
  }

  /// Two for each weight and place that it is used at: the operations of the products for one sample of a shape that fits.
  func operations(for input: SampleShape) -> Int {
    switch self {
    case .linear(let weights, _): return 2 * weights.values.count
    case .convolution(let parameters):
      return 2 * parameters.weights.count * outputShape(for: input)!.size / parameters.outputs
    case .residual(let body, let shortcut):
      return [body, shortcut].reduce(0) { $0 + Self.operations(of: $1, for: input).reduce(0, +) }
    default: return 0
    }
  }

  /// Those of each of `layers`, one after the other.
  static func operations(of layers: [Layer], for input: SampleShape) -> [Int] {
    var shape = input
    return layers.map { layer in
      defer { shape = layer.outputShape(for: shape)! }
      return layer.operations(for: shape)
    }
  }

  /// The numbers that come in for one sample, of a layer that can be the last: one that answers with logits.
  var headInputs: Int? {
    switch self {
    case .linear(let weights, _): weights.columns
    case .neighbours(let vote): vote.rows.columns
    case .recorded(let answers): answers.body.columns
    default: nil
    }
  }

  /// PyTorch's default initialisation of a fully connected layer: U(±1/√inputs) for weights and biases.
  static func linear(inputs: Int, outputs: Int, _ generator: inout SeededGenerator) -> Layer {
    let bound = 1 / Double(inputs).squareRoot()
    func draw(_ count: Int) -> [Float] {
      (0..<count).map { _ in Float(generator.uniform(in: -bound..<bound)) }
    }
    let weights = Matrix(rows: outputs, columns: inputs, values: draw(outputs * inputs))
    return .linear(weights: weights, bias: draw(outputs))
  }
}
