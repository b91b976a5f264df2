import Numerics

/// A convolution, with or without a rectifier behind it.
struct ConvolutionStage: Stage {
  private let parameters: ConvolutionParameters
  private let input: PlaneShape
  private let rectifies: Bool
  private var weights: [Float]
  private var bias: [Float]?
  /// As in a fully connected stage: momentum · velocity + decay · weights between steps.
  private var weightVelocity: [Float] = []
  private var biasVelocity: [Float] = []
  private var (weightMemory, biasMemory) = (ParameterMemory(), ParameterMemory())
  /// For batches of the size that came last.
  private var plan: (rows: Int, convolution: Convolution)?

  init(_ parameters: ConvolutionParameters, input: PlaneShape, rectifies: Bool) {
    (self.parameters, self.input, self.rectifies) = (parameters, input, rectifies)
    (weights, bias) = (parameters.weights, parameters.bias)
  }

  var isCostly: Bool { true }
  var outputs: Int {
    let output = layout(rows: 1)
    return output.height * output.width * output.channels
  }

  var layers: [Layer] {
    let present = ConvolutionParameters(
      weights: weights, bias: bias, inputs: parameters.inputs, outputs: parameters.outputs, kernel: parameters.kernel,
      step: parameters.step)!
    return [.convolution(present)] + (rectifies ? [.rectifier] : [])
  }

  func buffer(rows: Int) -> Int { layout(rows: rows).size }

  mutating func forward(_ input: [Float], rows: Int, into output: inout [Float]) {
    prepare(rows)
    plan!.convolution.forward(input, weights: weights, bias: bias, rectifies: rectifies, into: &output)
  }

  mutating func startTraining(weightDecay: Float) {
    weightVelocity = weights.map { weightDecay * $0 }
    biasVelocity = (bias ?? []).map { weightDecay * $0 }
  }

  func passActivation(_ gradient: inout [Float], output: [Float], rows: Int) {
    if rectifies { Kernels.rectifyBackward(&gradient, activation: output, count: buffer(rows: rows)) }
  }

  mutating func backward(_ gradient: [Float], input: [Float], rows: Int, into inputGradient: inout [Float]) {
    prepare(rows)
    plan!.convolution.backward(gradient, weights: weights, into: &inputGradient)
  }

  mutating func descend(_ gradient: [Float], input: [Float], rows: Int, _ step: DescentStep) {
    prepare(rows)
    plan!.convolution.addWeightGradient(gradient, input: input, to: &weightVelocity)
    Kernels.momentumUpdate(weights: &weights, velocity: &weightVelocity, step: step.fused)
    weightMemory.apply(step, weights: &weights, gradient: &weightVelocity)
    guard var bias else { return }
    for (channel, sum) in PlaneKernels.sums(gradient, plan!.convolution.output).enumerated() {
      biasVelocity[channel] += Float(sum)
    }
    Kernels.momentumUpdate(weights: &bias, velocity: &biasVelocity, step: step.fused)
    biasMemory.apply(step, weights: &bias, gradient: &biasVelocity)
    self.bias = bias
  }

  private func convolution(rows: Int) -> Convolution {
    Convolution(
      input.layout(rows), outputs: parameters.outputs, kernel: parameters.kernel, step: parameters.step)
  }

  private func layout(rows: Int) -> PlaneLayout {
    Convolution.output(of: input.layout(rows), outputs: parameters.outputs, step: parameters.step)
  }

  private mutating func prepare(_ rows: Int) {
    if plan?.rows != rows { plan = (rows, convolution(rows: rows)) }
  }
}
