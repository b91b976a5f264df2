import Core
import Samples

/// The parameters of a convolution with zeros around the images, so that results are as many as pixels, or a quarter with a
/// step of 2.
package struct ConvolutionParameters: Hashable, Sendable {
  /// outputs × inputs × rows × columns of the kernel, as PyTorch has them.
  package let weights: [Float]
  /// One an output; nil without.
  package let bias: [Float]?
  package let inputs: Int
  package let outputs: Int
  /// Rows and columns of the kernel, 1 or 3.
  package let kernel: Int
  /// 1 or 2.
  package let step: Int

  /// nil when the numbers do not fit each other.
  package init?(weights: [Float], bias: [Float]?, inputs: Int, outputs: Int, kernel: Int, step: Int) {
    guard inputs > 0, outputs > 0, kernel == 1 || kernel == 3, step == 1 || step == 2,
      weights.count == outputs * inputs * kernel * kernel, bias?.count ?? outputs == outputs
    else { return nil }
    (self.weights, self.bias, self.inputs, self.outputs) = (weights, bias, inputs, outputs)
    (self.kernel, self.step) = (kernel, step)
  }

  /// PyTorch's default initialisation: U(±1/√(inputs · kernel²)) for weights and biases.
  static func drawn(
    inputs: Int, outputs: Int, kernel: Int = 3, step: Int = 1, biased: Bool, _ generator: inout SeededGenerator
  ) -> ConvolutionParameters {
    let bound = 1 / Double(inputs * kernel * kernel).squareRoot()
    func draw(_ count: Int) -> [Float] {
      (0..<count).map { _ in Float(generator.uniform(in: -bound..<bound)) }
    }
    let weights = draw(outputs * inputs * kernel * kernel)
    return ConvolutionParameters(
      weights: weights, bias: biased ? draw(outputs) : nil, inputs: inputs, outputs: outputs, kernel: kernel,
      step: step)!
  }
}

/// What batch normalisation has learnt of each channel.
package struct BatchNormalisation: Hashable, Sendable {
  package var weight: [Float]
  package var bias: [Float]
  /// Running mean and variance, by which inference normalises.
  package var mean: [Float]
  package var variance: [Float]

  /// Added to a variance before its root is taken.
  package static let epsilon = 1e-5
  /// The share of each batch in the running statistics.
  package static let momentum = 0.1

  /// As PyTorch starts: weight and variance 1, bias and mean 0.
  package init(channels: Int) {
    weight = [Float](repeating: 1, count: channels)
    bias = [Float](repeating: 0, count: channels)
    (mean, variance) = (bias, weight)
  }

  /// nil when the numbers of channels differ or a variance is negative.
  package init?(weight: [Float], bias: [Float], mean: [Float], variance: [Float]) {
    guard !weight.isEmpty, [bias, mean, variance].allSatisfy({ $0.count == weight.count }),
      variance.allSatisfy({ $0 >= 0 })
    else { return nil }
    (self.weight, self.bias, self.mean, self.variance) = (weight, bias, mean, variance)
  }

  package var channels: Int { weight.count }
}

extension SampleShape {
  /// Height, width and channels; nil for vectors.
  var image: (height: Int, width: Int, channels: Int)? {
    switch self {
    case .image(let height, let width, let channels): (height, width, channels)
    case .vector: nil
    }
  }
}
