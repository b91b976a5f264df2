import CKernels

/// Products with a matrix of few rows, such as the weights of a last layer of ten classes, for which general matrix
/// multiplication reaches only a quarter of its speed. Shapes as in ``Kernels``.
package enum NarrowKernels {
  /// Up to so many outputs these kernels are faster than OpenBLAS.
  package static let largestOutputs = 16

  /// `out[r, o] = Σᵢ input[r, i] · weights[o, i]`.
  package static func forward(_ input: [Float], rows: Int, weights: Matrix, into out: inout [Float]) {
    precondition(input.count >= rows * weights.columns && out.count >= rows * weights.rows, "an array is too short")
    winnow_narrow_forward(input, weights.values, rows, weights.columns, weights.rows, &out)
  }

  /// `accumulated[o, i] += Σᵣ gradient[r, o] · input[r, i]`: the gradient of the weights.
  package static func accumulate(
    gradient: [Float], input: [Float], rows: Int, into accumulated: inout Matrix
  ) {
    let (outputs, inputs) = (accumulated.rows, accumulated.columns)
    precondition(gradient.count >= rows * outputs && input.count >= rows * inputs, "an array is too short")
    winnow_narrow_accumulate(gradient, input, rows, inputs, outputs, &accumulated.values)
  }

  /// `out[r, i] = Σₒ gradient[r, o] · weights[o, i]`: the gradient of the input.
  package static func backward(gradient: [Float], rows: Int, weights: Matrix, into out: inout [Float]) {
    precondition(gradient.count >= rows * weights.rows && out.count >= rows * weights.columns, "an array is too short")
    winnow_narrow_backward(gradient, weights.values, rows, weights.columns, weights.rows, &out)
  }
}
