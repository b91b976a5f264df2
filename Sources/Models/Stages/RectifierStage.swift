import Numerics

/// A rectifier that follows no fully connected layer.
struct RectifierStage: Stage {
  let outputs: Int
  private let noBias: [Float]

  init(outputs: Int) {
    self.outputs = outputs
    noBias = [Float](repeating: 0, count: outputs)
  }

  var layers: [Layer] { [.rectifier] }

  func forward(_ input: [Float], rows: Int, into output: inout [Float]) {
    output.replaceSubrange(..<(rows * outputs), with: input[..<(rows * outputs)])
    Kernels.addBiasAndRectify(noBias, to: &output, rows: rows)
  }

  mutating func startTraining(weightDecay: Float) {}

  func passActivation(_ gradient: inout [Float], output: [Float], rows: Int) {
    Kernels.rectifyBackward(&gradient, activation: output, count: rows * outputs)
  }

  func backward(_ gradient: [Float], input: [Float], rows: Int, into inputGradient: inout [Float]) {
    inputGradient.replaceSubrange(..<(rows * outputs), with: gradient[..<(rows * outputs)])
  }

  mutating func descend(_ gradient: [Float], input: [Float], rows: Int, _ step: MomentumStep) {}
}
