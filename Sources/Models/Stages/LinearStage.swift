import Numerics

/// A fully connected layer, with or without a rectifier behind it.
struct LinearStage: Stage {
  private var weights: Matrix
  private var bias: [Float]
  private let rectifies: Bool
  /// One a parameter, empty until training starts. Between steps they hold momentum · velocity + decay · weights, so that
  /// the gradient of the next step is accumulated on top of them.
  private var weightVelocity = Matrix(rows: 0, columns: 0)
  private var biasVelocity: [Float] = []
  private var (weightMemory, biasMemory) = (ParameterMemory(), ParameterMemory())

  init(weights: Matrix, bias: [Float], rectifies: Bool) {
    self.weights = weights
    self.bias = bias
    self.rectifies = rectifies
  }

  var outputs: Int { bias.count }

  var layers: [Layer] { [.linear(weights: weights, bias: bias)] + (rectifies ? [.rectifier] : []) }

  func forward(_ input: [Float], rows: Int, into output: inout [Float]) {
    LinearKernels.forward(input, rows: rows, weights: weights, into: &output)
    if rectifies {
      Kernels.addBiasAndRectify(bias, to: &output, rows: rows)
    } else {
      Kernels.addBias(bias, to: &output, rows: rows)
    }
  }

  mutating func startTraining(weightDecay: Float) {
    weightVelocity = Matrix(
      rows: weights.rows, columns: weights.columns, values: weights.values.map { weightDecay * $0 })
    biasVelocity = bias.map { weightDecay * $0 }
  }

  func passActivation(_ gradient: inout [Float], output: [Float], rows: Int) {
    if rectifies { Kernels.rectifyBackward(&gradient, activation: output, count: rows * outputs) }
  }

  func backward(_ gradient: [Float], input: [Float], rows: Int, into inputGradient: inout [Float]) {
    LinearKernels.backward(gradient: gradient, rows: rows, weights: weights, into: &inputGradient)
  }

  mutating func descend(_ gradient: [Float], input: [Float], rows: Int, _ step: DescentStep) {
    LinearKernels.descend(
      gradient: gradient, input: input, rows: rows, weights: &weights, velocity: &weightVelocity, step: step.fused)
    Kernels.addColumnSums(of: gradient, rows: rows, to: &biasVelocity)
    Kernels.momentumUpdate(weights: &bias, velocity: &biasVelocity, step: step.fused)
    weightMemory.apply(step, weights: &weights.values, gradient: &weightVelocity.values)
    biasMemory.apply(step, weights: &bias, gradient: &biasVelocity)
  }
}
