import CKernels

/// One step of stochastic gradient descent with momentum μ and weight decay λ at the learning rate η.
package struct MomentumStep: Hashable, Sendable {
  package let rate: Float
  package let momentum: Float
  package let decay: Float

  package init(rate: Float, momentum: Float, decay: Float) {
    self.rate = rate
    self.momentum = momentum
    self.decay = decay
  }
}

/// The three products of a fully connected layer, faster than general matrix multiplication on the shapes of training and
/// with the same bits on every CPU.
///
/// Weights are outputs × inputs; inputs, outputs and gradients are one row a sample, in arrays that may be longer than
/// that. Layers of at most ``narrowOutputs`` outputs, such as a last layer of ten classes, have kernels of their own.
package enum LinearKernels {
  /// Up to so many outputs a layer counts as narrow.
  package static let narrowOutputs = 16

  /// `out[r, o] = Σᵢ input[r, i] · weights[o, i]`.
  package static func forward(_ input: [Float], rows: Int, weights: Matrix, into out: inout [Float]) {
    precondition(input.count >= rows * weights.columns && out.count >= rows * weights.rows, "an array is too short")
    let forward = weights.rows <= narrowOutputs ? winnow_narrow_forward : winnow_wide_forward
    forward(input, weights.values, rows, weights.columns, weights.rows, &out)
  }

  /// `out[r, i] = Σₒ gradient[r, o] · weights[o, i]`: the gradient of the input.
  package static func backward(gradient: [Float], rows: Int, weights: Matrix, into out: inout [Float]) {
    precondition(gradient.count >= rows * weights.rows && out.count >= rows * weights.columns, "an array is too short")
    let backward = weights.rows <= narrowOutputs ? winnow_narrow_backward : winnow_wide_backward
    backward(gradient, weights.values, rows, weights.columns, weights.rows, &out)
  }

  /// `velocity[o, i] += Σᵣ gradient[r, o] · input[r, i]`, and then the update of ``Kernels/momentumUpdate(weights:velocity:step:)``.
  ///
  /// - Parameter rows: At least 1.
  package static func descend(
    gradient: [Float], input: [Float], rows: Int, weights: inout Matrix, velocity: inout Matrix, step: MomentumStep
  ) {
    let (outputs, inputs) = (weights.rows, weights.columns)
    precondition(velocity.rows == outputs && velocity.columns == inputs, "one velocity a weight")
    precondition(rows > 0 && gradient.count >= rows * outputs && input.count >= rows * inputs, "an array is too short")
    guard outputs <= narrowOutputs else {
      return winnow_wide_step(
        gradient, input, rows, inputs, outputs, &weights.values, &velocity.values, step.rate, step.momentum, step.decay)
    }
    winnow_narrow_accumulate(gradient, input, rows, inputs, outputs, &velocity.values)
    Kernels.momentumUpdate(weights: &weights.values, velocity: &velocity.values, step: step)
  }
}
