import Numerics

extension Layer {
  /// (1 − share) · first + share · second for every number of two equal lists of layers, running statistics included; what has
  /// no numbers is the first's.
  static func blend(_ first: [Layer], _ second: [Layer], share: Float) -> [Layer] {
    zip(first, second).map { blend($0, $1, share) }
  }

  private static func blend(_ first: Layer, _ second: Layer, _ share: Float) -> Layer {
    func mean(_ a: [Float], _ b: [Float]) -> [Float] { zip(a, b).map { (1 - share) * $0 + share * $1 } }
    switch (first, second) {
    case (.linear(let weights, let bias), .linear(let otherWeights, let otherBias)):
      return .linear(
        weights: Matrix(
          rows: weights.rows, columns: weights.columns, values: mean(weights.values, otherWeights.values)),
        bias: mean(bias, otherBias))
    case (.convolution(let a), .convolution(let b)):
      let bias = a.bias.flatMap { own in b.bias.map { mean(own, $0) } }
      return .convolution(
        ConvolutionParameters(
          weights: mean(a.weights, b.weights), bias: bias, inputs: a.inputs, outputs: a.outputs, kernel: a.kernel,
          step: a.step)!)
    case (.batchNormalisation(let a), .batchNormalisation(let b)):
      return .batchNormalisation(
        BatchNormalisation(
          weight: mean(a.weight, b.weight), bias: mean(a.bias, b.bias), mean: mean(a.mean, b.mean),
          variance: mean(a.variance, b.variance))!)
    case (.residual(let body, let shortcut), .residual(let otherBody, let otherShortcut)):
      return .residual(
        body: blend(body, otherBody, share: share), shortcut: blend(shortcut, otherShortcut, share: share))
    default: return first
    }
  }
}
