import Core
import Numerics

/// The mean cross-entropy of a linear classifier plus ½ λ times the squares of its weights (biases are free), as a function of
/// its parameters: the weights, classes × columns row after row, and then the biases.
///
/// Logits and the products of the gradient are of single precision, what is summed over blocks of double precision.
struct SoftmaxObjective {
  private let blocks: [Matrix]
  private let labels: [Int32]
  private let classes: Int
  private let columns: Int
  private let decay: Double

  /// - Parameters:
  ///   - blocks: the rows, at least one.
  ///   - labels: one a row, in 0..<classes.
  init(blocks: [Matrix], labels: [Int32], classes: Int, decay: Double) {
    (self.blocks, self.labels, self.classes, self.decay) = (blocks, labels, classes, decay)
    columns = blocks[0].columns
  }

  var parameters: Int { classes * (columns + 1) }

  /// Value and gradient at `point`. `proceed` is called before each block.
  func value(at point: [Double], proceed: () throws -> Void) rethrows -> LimitedMemoryBFGS.Value {
    let weights = Matrix(rows: classes, columns: columns, values: point[..<(classes * columns)].map { Float($0) })
    let bias = point[(classes * columns)...].map { Float($0) }
    var result = LimitedMemoryBFGS.Value(value: 0, gradient: [Double](repeating: 0, count: parameters))
    var start = 0
    for block in blocks {
      try proceed()
      add(block, labels[start..<start + block.rows], weights, bias, to: &result)
      start += block.rows
    }
    let scale = 1 / Double(labels.count)
    result.value *= scale
    for index in result.gradient.indices { result.gradient[index] *= scale }
    for index in 0..<classes * columns {
      result.value += 0.5 * decay * point[index] * point[index]
      result.gradient[index] += decay * point[index]
    }
    return result
  }

  private func add(
    _ block: Matrix, _ labels: ArraySlice<Int32>, _ weights: Matrix, _ bias: [Float],
    to result: inout LimitedMemoryBFGS.Value
  ) {
    var errors = block.largeProduct(by: weights, transposedOther: true)
    Kernels.addBias(bias, to: &errors.values, rows: errors.rows)
    Kernels.softmax(&errors.values, rows: errors.rows, columns: classes)
    for (row, label) in labels.enumerated() {
      let place = row * classes + Int(label)
      result.value -= PortableMath.log(max(Double(errors.values[place]), 1e-38))
      errors.values[place] -= 1
    }
    let products = errors.largeProduct(transposed: true, by: block)
    for index in products.values.indices { result.gradient[index] += Double(products.values[index]) }
    var sums = [Float](repeating: 0, count: classes)
    Kernels.addColumnSums(of: errors.values, rows: errors.rows, to: &sums)
    for label in 0..<classes { result.gradient[classes * columns + label] += Double(sums[label]) }
  }
}
