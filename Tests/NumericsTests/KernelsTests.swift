import Core
import Numerics
import Testing

/// The kernels in C against their plain counterparts, bit for bit, on shapes that fill vectors and shapes that do not.
@Suite struct KernelsTests {
  private static let shapes = [(1, 1), (1, 10), (3, 7), (4, 16), (5, 17), (9, 64), (2, 100), (13, 130), (8, 784)]

  private func random(_ rows: Int, _ columns: Int, purpose: String = "kernel") -> Matrix {
    var generator = SeededGenerator(seed: UInt64(rows * 1_000 + columns), purpose: purpose)
    return Matrix(
      rows: rows, columns: columns, values: (0..<rows * columns).map { _ in Float(generator.normal()) })
  }

  private func labels(_ rows: Int, _ columns: Int) -> [Int32] { (0..<rows).map { Int32($0 * 7 % columns) } }

  @Test(arguments: shapes) func biasAndRectification(rows: Int, columns: Int) {
    let (matrix, bias) = (random(rows, columns), random(1, columns, purpose: "bias").values)
    var values = matrix.values
    Kernels.addBias(bias, to: &values, rows: rows)
    #expect(values == ReferenceKernels.addBias(bias, to: matrix).values)
    values = matrix.values
    Kernels.addBiasAndRectify(bias, to: &values, rows: rows)
    #expect(values == ReferenceKernels.addBiasAndRectify(bias, to: matrix).values)
    #expect(values.contains { $0 > 0 } || values.count < 8)
  }

  @Test(arguments: shapes) func rectificationBackward(rows: Int, columns: Int) {
    var gradient = random(rows, columns).values + [5]
    var activation = random(rows, columns, purpose: "activation").values + [-1]
    activation[0] = 0
    let expected = ReferenceKernels.rectifyBackward(gradient.dropLast(), activation: activation) + [5]
    Kernels.rectifyBackward(&gradient, activation: activation, count: rows * columns)
    #expect(gradient == expected)
  }

  @Test(arguments: shapes) func columnSums(rows: Int, columns: Int) {
    let matrix = random(rows, columns)
    let start = random(1, columns, purpose: "sums").values
    var sums = start
    Kernels.addColumnSums(of: matrix.values, rows: rows, to: &sums)
    #expect(sums == ReferenceKernels.columnSums(of: matrix, addedTo: start))
  }

  @Test(arguments: shapes) func momentumUpdate(rows: Int, columns: Int) {
    var (weights, velocity) = (random(rows, columns).values, random(rows, columns, purpose: "velocity").values)
    let step = MomentumStep(rate: 0.05, momentum: 0.9, decay: 0.01)
    let expected = ReferenceKernels.momentumUpdate(weights: weights, velocity: velocity, step: step)
    Kernels.momentumUpdate(weights: &weights, velocity: &velocity, step: step)
    #expect(weights == expected.weights)
    #expect(velocity == expected.velocity)
  }

  @Test(arguments: shapes) func softmaxAndItsGradient(rows: Int, columns: Int) {
    var logits = random(rows, columns)
    for index in logits.values.indices { logits.values[index] *= 30 }
    var values = logits.values
    Kernels.softmax(&values, rows: rows, columns: columns)
    #expect(values == ReferenceKernels.softmax(logits).values)
    let labels = labels(rows, columns)
    values = logits.values
    Kernels.crossEntropyGradient(&values, labels: labels, rows: rows, columns: columns, smoothing: 0.1, scale: 0.25)
    #expect(
      values == ReferenceKernels.crossEntropyGradient(logits, labels: labels, smoothing: 0.1, scale: 0.25).values)
  }

  @Test func softmaxIsAccurateAndNeverOverflows() {
    let logits: [Float] = [-3, 1e30, 0.5, 88, 90.5, -120, 0, 0, 0, 10, 9.75, -10]
    var values = logits
    Kernels.softmax(&values, rows: 4, columns: 3)
    for row in 0..<4 {
      let top = Double(logits[row * 3..<row * 3 + 3].max()!)
      let powers = logits[row * 3..<row * 3 + 3].map { PortableMath.exp(Double($0) - top) }
      for column in 0..<3 {
        let expected = powers[column] / powers.reduce(0, +)
        #expect(abs(Double(values[row * 3 + column]) - expected) <= 4e-7 * expected + 2e-38)
      }
    }
  }

  @Test(arguments: shapes) func argmaxTakesTheFirstOfEquals(rows: Int, columns: Int) {
    var matrix = random(rows, columns)
    for index in matrix.values.indices { matrix.values[index].round() }
    #expect(Kernels.rowArgmax(matrix) == ReferenceKernels.rowArgmax(matrix))
    #expect(Kernels.rowArgmax(Matrix(rows: 2, columns: 3, values: [1, 4, 4, 2, 2, 2])) == [1, 0])
  }

  @Test(arguments: shapes) func dotsAndNorms(rows: Int, columns: Int) {
    let (a, b) = (random(rows, columns), random(rows, columns, purpose: "other"))
    #expect(Kernels.dot(a.values, b.values) == ReferenceKernels.dot(a.values, b.values))
    #expect(Kernels.squaredNorm(a.values) == ReferenceKernels.dot(a.values, a.values))
    #expect(Kernels.rowSquaredNorms(a) == (0..<rows).map { ReferenceKernels.dot(a.row($0), a.row($0)) })
  }

  @Test(arguments: shapes) func gatheredPixels(rows: Int, columns: Int) {
    let pixels = (0..<rows * columns).map { UInt8(truncatingIfNeeded: $0 * 37) }
    let indices = (0..<2 * rows).map { ($0 * 5) % rows }
    var out = [Float](repeating: 0, count: indices.count * columns)
    Kernels.gatherPixels(of: pixels, size: columns, at: indices[...], scale: 0.0111, shift: -0.81, into: &out)
    #expect(
      out == ReferenceKernels.gatherPixels(of: pixels, size: columns, at: indices, scale: 0.0111, shift: -0.81))
    let (scales, shifts) = (random(1, columns).values, random(1, columns, purpose: "other").values)
    Kernels.gatherPixels(of: pixels, at: indices[...], scales: scales, shifts: shifts, into: &out)
    #expect(out == ReferenceKernels.gatherPixels(of: pixels, at: indices, scales: scales, shifts: shifts))
  }

  @Test(
    "the products of a layer, narrow and wide, with sums that are cut and panels that are not full",
    arguments: shapes + [(6, 129), (130, 20), (300, 64)], [1, 2, 5, 10, 16, 17, 32, 64, 70, 112, 200])
  func linearProducts(shape: (rows: Int, inputs: Int), outputs: Int) {
    let rows = shape.rows
    let (input, weights) = (random(rows, shape.inputs), random(outputs, shape.inputs, purpose: "weights"))
    var out = [Float](repeating: 0, count: rows * outputs + 1)
    LinearKernels.forward(input.values, rows: rows, weights: weights, into: &out)
    #expect(out == ReferenceKernels.linearForward(input, weights: weights).values + [0])

    let gradient = random(rows, outputs, purpose: "gradient")
    out = [Float](repeating: 0, count: rows * shape.inputs + 1)
    LinearKernels.backward(gradient: gradient.values, rows: rows, weights: weights, into: &out)
    #expect(out == ReferenceKernels.linearBackward(gradient: gradient, weights: weights).values + [0])

    let start = random(outputs, shape.inputs, purpose: "velocity")
    let step = MomentumStep(rate: 0.05, momentum: 0.9, decay: 0.01)
    let expected = ReferenceKernels.momentumUpdate(
      weights: weights.values,
      velocity: ReferenceKernels.linearGradient(gradient, input: input, addedTo: start).values, step: step)
    var (updated, velocity) = (weights, start)
    LinearKernels.descend(
      gradient: gradient.values, input: input.values, rows: rows, weights: &updated, velocity: &velocity, step: step)
    #expect(updated.values == expected.weights)
    #expect(velocity.values == expected.velocity)
  }
}
