import Numerics

/// Batch normalisation (Ioffe and Szegedy 2015), with or without a rectifier behind it.
struct BatchNormalisationStage: Stage {
  private var parameters: BatchNormalisation
  private let shape: PlaneShape
  private let rectifies: Bool
  /// Empty until training starts.
  private var weightVelocity: [Float] = []
  private var biasVelocity: [Float] = []
  private var (weightMemory, biasMemory) = (ParameterMemory(), ParameterMemory())
  /// Of the present batch in training.
  private var moments: [Moments] = []
  private var mask: (rows: Int, values: [Float]) = (0, [])
  /// The gradients of weights and biases that ``backward`` found.
  private var gradients: (weight: [Double], bias: [Double]) = ([], [])

  private struct Moments {
    let mean: Double
    let variance: Double

    /// 1 / deviation.
    var scale: Double { 1 / (variance + BatchNormalisation.epsilon).squareRoot() }
  }

  init(_ parameters: BatchNormalisation, shape: PlaneShape, rectifies: Bool) {
    (self.parameters, self.shape, self.rectifies) = (parameters, shape, rectifies)
  }

  var outputs: Int { shape.size }
  var layers: [Layer] { [.batchNormalisation(parameters)] + (rectifies ? [.rectifier] : []) }
  func buffer(rows: Int) -> Int { shape.layout(rows).size }

  private var isTraining: Bool { !weightVelocity.isEmpty }

  mutating func startTraining(weightDecay: Float) {
    weightVelocity = parameters.weight.map { weightDecay * $0 }
    biasVelocity = parameters.bias.map { weightDecay * $0 }
  }

  mutating func forward(_ input: [Float], rows: Int, into output: inout [Float]) {
    let layout = shape.layout(rows)
    if mask.rows != rows { mask = (rows, layout.mask) }
    if isTraining {
      measure(input, layout)
    } else {
      moments = zip(parameters.mean, parameters.variance).map { Moments(mean: Double($0), variance: Double($1)) }
    }
    let scales = zip(moments, parameters.weight).map { $0.scale * Double($1) }
    let shifts = moments.indices.map { Double(parameters.bias[$0]) - moments[$0].mean * scales[$0] }
    PlaneKernels.scale(
      input, layout, mask: mask.values, scales: scales.map { Float($0) }, shifts: shifts.map { Float($0) },
      rectifies: rectifies, into: &output)
  }

  /// The moments of the batch, and its share in the running ones: of the variance the unbiased estimate, as PyTorch has it.
  private mutating func measure(_ input: [Float], _ layout: PlaneLayout) {
    let count = Double(layout.images * layout.height * layout.width)
    let means = PlaneKernels.sums(input, layout).map { $0 / count }
    let squares = PlaneKernels.squaredDeviations(
      input, layout, mask: mask.values, means: means.map { Float($0) })
    moments = zip(means, squares).map { Moments(mean: $0, variance: $1 / count) }
    for (channel, moment) in moments.enumerated() {
      let (old, share) = (1 - BatchNormalisation.momentum, BatchNormalisation.momentum)
      parameters.mean[channel] = Float(old * Double(parameters.mean[channel]) + share * moment.mean)
      let variance = squares[channel] / max(count - 1, 1)
      parameters.variance[channel] = Float(old * Double(parameters.variance[channel]) + share * variance)
    }
  }

  func passActivation(_ gradient: inout [Float], output: [Float], rows: Int) {
    if rectifies { Kernels.rectifyBackward(&gradient, activation: output, count: buffer(rows: rows)) }
  }

  mutating func backward(_ gradient: [Float], input: [Float], rows: Int, into inputGradient: inout [Float]) {
    let layout = shape.layout(rows)
    differentiate(gradient, input: input, layout)
    let count = Double(layout.images * layout.height * layout.width)
    var (first, second, third): ([Float], [Float], [Float]) = ([], [], [])
    for (channel, moment) in moments.enumerated() {
      let factor = Double(parameters.weight[channel]) * moment.scale
      let slope = factor * moment.scale * gradients.weight[channel] / count
      first.append(Float(factor))
      second.append(Float(-slope))
      third.append(Float(slope * moment.mean - factor * gradients.bias[channel] / count))
    }
    PlaneKernels.combine(
      gradient, input, layout, mask: mask.values, first: first, second: second, third: third, into: &inputGradient)
  }

  private mutating func differentiate(_ gradient: [Float], input: [Float], _ layout: PlaneLayout) {
    gradients.bias = PlaneKernels.sums(gradient, layout)
    let products = PlaneKernels.products(gradient, input, layout)
    gradients.weight = moments.indices.map {
      (products[$0] - moments[$0].mean * gradients.bias[$0]) * moments[$0].scale
    }
  }

  mutating func descend(_ gradient: [Float], input: [Float], rows: Int, _ step: DescentStep) {
    // Where nothing before it learns, nobody asked for the gradient of its inputs.
    if gradients.bias.isEmpty { differentiate(gradient, input: input, shape.layout(rows)) }
    for channel in moments.indices {
      weightVelocity[channel] += Float(gradients.weight[channel])
      biasVelocity[channel] += Float(gradients.bias[channel])
    }
    Kernels.momentumUpdate(weights: &parameters.weight, velocity: &weightVelocity, step: step.fused)
    Kernels.momentumUpdate(weights: &parameters.bias, velocity: &biasVelocity, step: step.fused)
    weightMemory.apply(step, weights: &parameters.weight, gradient: &weightVelocity)
    biasMemory.apply(step, weights: &parameters.bias, gradient: &biasVelocity)
    gradients = ([], [])
  }
}
