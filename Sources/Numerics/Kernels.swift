import CKernels

/// The vector kernels over plain arrays, written in C. Each has a plain counterpart in ``ReferenceKernels`` and gives the
/// same bits as it, on every CPU.
///
/// Matrices are row-major; the arrays may be longer than `rows × columns`, and what lies behind is left alone. Arrays
/// that are too short trap.
package enum Kernels {
  /// Turns the images at `indices` into rows of floats: `out[r, i] = scale · pixel + shift`.
  ///
  /// - Parameters:
  ///   - size: The pixels of one image.
  ///   - indices: One image a row; each must lie inside `pixels`.
  package static func gatherPixels(
    of pixels: [UInt8], size: Int, at indices: ArraySlice<Int>, scale: Float, shift: Float, into out: inout [Float]
  ) {
    precondition(out.count >= indices.count * size, "the output is too short")
    let images = size == 0 ? 0 : pixels.count / size
    precondition(indices.allSatisfy { $0 >= 0 && $0 < images }, "an index lies outside the images")
    indices.withUnsafeBufferPointer { indices in
      indices.withMemoryRebound(to: Int64.self) {
        guard let base = $0.baseAddress else { return }
        winnow_gather_pixels(pixels, base, $0.count, size, scale, shift, &out)
      }
    }
  }

  /// The same with a scale and a shift for each value of an image: `out[r, i] = scales[i] · pixel + shifts[i]`.
  ///
  /// - Parameters:
  ///   - scales: As many as an image has values; likewise `shifts`.
  ///   - indices: One image a row; each must lie inside `pixels`.
  package static func gatherPixels(
    of pixels: [UInt8], at indices: ArraySlice<Int>, scales: [Float], shifts: [Float], into out: inout [Float]
  ) {
    let size = scales.count
    precondition(shifts.count == size && out.count >= indices.count * size, "an array is too short")
    let images = size == 0 ? 0 : pixels.count / size
    precondition(indices.allSatisfy { $0 >= 0 && $0 < images }, "an index lies outside the images")
    indices.withUnsafeBufferPointer { indices in
      indices.withMemoryRebound(to: Int64.self) {
        guard let base = $0.baseAddress else { return }
        winnow_gather_scaled_pixels(pixels, base, $0.count, size, scales, shifts, &out)
      }
    }
  }

  /// `values[r, c] += bias[c]`.
  package static func addBias(_ bias: [Float], to values: inout [Float], rows: Int) {
    precondition(values.count >= rows * bias.count, "the matrix is too short")
    winnow_add_bias(&values, bias, rows, bias.count)
  }

  /// `values[r, c] = max(values[r, c] + bias[c], 0)`: a layer's bias and rectified linear unit in one pass.
  package static func addBiasAndRectify(_ bias: [Float], to values: inout [Float], rows: Int) {
    precondition(values.count >= rows * bias.count, "the matrix is too short")
    winnow_add_bias_rectify(&values, bias, rows, bias.count)
  }

  /// Zeroes the first `count` entries of `gradient` where `activation` is not positive.
  package static func rectifyBackward(_ gradient: inout [Float], activation: [Float], count: Int) {
    precondition(gradient.count >= count && activation.count >= count, "an array is too short")
    winnow_rectify_backward(&gradient, activation, count)
  }

  /// `sums[c] += Σᵣ values[r, c]`, rows in order.
  package static func addColumnSums(of values: [Float], rows: Int, to sums: inout [Float]) {
    precondition(values.count >= rows * sums.count, "the matrix is too short")
    winnow_add_column_sums(values, rows, sums.count, &sums)
  }

  /// One step of stochastic gradient descent with momentum that leaves `velocity` ready for the next gradient.
  ///
  /// PyTorch's form is `v ← μ·v + (g + λ·w); w ← w − η·v`. Here `velocity` holds v on entry and `μ·v + λ·w` (with the new
  /// w) on exit, so that the next gradient only has to be added to it: one pass over the parameters instead of two.
  package static func momentumUpdate(
    weights: inout [Float], velocity: inout [Float], step: MomentumStep
  ) {
    precondition(weights.count == velocity.count, "one velocity a weight")
    winnow_momentum_update(&weights, &velocity, weights.count, step.rate, step.momentum, step.decay)
  }

  /// Turns each of the first `rows` rows into probabilities: `exp(x − max) / Σ exp(x − max)`.
  package static func softmax(_ values: inout [Float], rows: Int, columns: Int) {
    precondition(values.count >= rows * columns && columns > 0, "the matrix is too short")
    winnow_softmax(&values, rows, columns)
  }

  /// Turns rows of logits into the gradient of their cross-entropy: `(softmax − target) · scale`.
  ///
  /// - Parameters:
  ///   - labels: The right column of each row, in 0..<columns.
  ///   - smoothing: The share of the target that is spread evenly over all columns, in 0...1.
  ///   - scale: 1 / rows for the gradient of the mean.
  package static func crossEntropyGradient(
    _ logits: inout [Float], labels: [Int32], rows: Int, columns: Int, smoothing: Float, scale: Float
  ) {
    precondition(logits.count >= rows * columns && labels.count >= rows && columns > 0, "an array is too short")
    winnow_cross_entropy_gradient(&logits, labels, rows, columns, smoothing, scale)
  }

  /// The column of the largest value of each row; the first one wins a tie.
  package static func rowArgmax(_ matrix: Matrix) -> [Int32] {
    precondition(matrix.columns > 0, "a row of nothing has no largest value")
    return [Int32](unsafeUninitializedCapacity: matrix.rows) { winners, count in
      if let base = winners.baseAddress { winnow_row_argmax(matrix.values, matrix.rows, matrix.columns, base) }
      count = matrix.rows
    }
  }

  /// Σ a·b.
  package static func dot(_ a: [Float], _ b: [Float]) -> Float {
    precondition(a.count == b.count, "\(a.count) values against \(b.count)")
    return winnow_dot(a, b, a.count)
  }

  /// Σ a².
  package static func squaredNorm(_ a: [Float]) -> Float { winnow_squared_norm(a, a.count) }

  /// The squared Euclidean norm of each row.
  package static func rowSquaredNorms(_ matrix: Matrix) -> [Float] {
    var norms = [Float](repeating: 0, count: matrix.rows)
    winnow_row_squared_norms(matrix.values, matrix.rows, matrix.columns, &norms)
    return norms
  }
}
