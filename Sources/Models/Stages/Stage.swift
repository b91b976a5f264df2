import Numerics

/// One step of a network on a batch: a layer, or some that run as one, with what training needs beside them.
///
/// Buffers hold one row a sample, of which the first `rows` count; they may be longer. Nothing is allocated between batches.
protocol Stage: Sendable {
  /// Numbers that come out for one sample.
  var outputs: Int { get }
  /// What it runs, with the present parameters.
  var layers: [Layer] { get }

  func forward(_ input: [Float], rows: Int, into output: inout [Float])

  /// Prepares for ``descend(_:input:rows:_:)``.
  mutating func startTraining(weightDecay: Float)

  /// Takes the gradient of the outputs, in place, through an activation that the stage ends in.
  func passActivation(_ gradient: inout [Float], output: [Float], rows: Int)

  /// From the gradient that ``passActivation(_:output:rows:)`` left to that of the inputs.
  func backward(_ gradient: [Float], input: [Float], rows: Int, into inputGradient: inout [Float])

  /// From the gradient that ``passActivation(_:output:rows:)`` left to new parameters.
  mutating func descend(_ gradient: [Float], input: [Float], rows: Int, _ step: MomentumStep)
}

extension Network {
  /// The layers as they run: a fully connected layer and the rectifier behind it in one go.
  func stages() -> [any Stage] {
    var stages: [any Stage] = []
    var shape = input
    for (index, layer) in layers.enumerated() {
      let previous = index > 0 ? layers[index - 1] : nil
      switch layer {
      case .linear(let weights, let bias):
        let next = index + 1 < layers.count ? layers[index + 1] : nil
        stages.append(LinearStage(weights: weights, bias: bias, rectifies: next.isRectifier))
      case .rectifier:
        if !previous.isLinear { stages.append(RectifierStage(outputs: shape.size)) }
      }
      shape = layer.outputShape(for: shape)!
    }
    return stages
  }
}

extension Layer? {
  fileprivate var isRectifier: Bool { if case .rectifier? = self { true } else { false } }
  fileprivate var isLinear: Bool { if case .linear? = self { true } else { false } }
}
