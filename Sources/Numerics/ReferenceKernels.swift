/// What each kernel of ``Kernels`` and ``LinearKernels`` computes, as plain as Swift can say it, in the same order of
/// operations: the C kernels must give the same bits. For tests and for readers; slow.
package enum ReferenceKernels {
  package static func gatherPixels(of pixels: [UInt8], size: Int, at indices: [Int], scale: Float, shift: Float)
    -> [Float]
  {
    indices.flatMap { index in (0..<size).map { Float(pixels[index * size + $0]) * scale + shift } }
  }

  package static func gatherPixels(of pixels: [UInt8], at indices: [Int], scales: [Float], shifts: [Float]) -> [Float] {
    let size = scales.count
    return indices.flatMap { index in
      (0..<size).map { Float(pixels[index * size + $0]) * scales[$0] + shifts[$0] }
    }
  }

  package static func addBias(_ bias: [Float], to matrix: Matrix) -> Matrix {
    mapped(matrix) { _, column, value in value + bias[column] }
  }

  package static func addBiasAndRectify(_ bias: [Float], to matrix: Matrix) -> Matrix {
    mapped(matrix) { _, column, value in value + bias[column] > 0 ? value + bias[column] : 0 }
  }

  package static func rectifyBackward(_ gradient: [Float], activation: [Float]) -> [Float] {
    zip(gradient, activation).map { $1 > 0 ? $0 : 0 }
  }

  package static func columnSums(of matrix: Matrix, addedTo sums: [Float]) -> [Float] {
    (0..<matrix.columns).map { column in (0..<matrix.rows).reduce(sums[column]) { $0 + matrix[$1, column] } }
  }

  package static func momentumUpdate(
    weights: [Float], velocity: [Float], step: MomentumStep
  ) -> (weights: [Float], velocity: [Float]) {
    let updated = zip(weights, velocity).map { $0 - step.rate * $1 }
    return (updated, zip(updated, velocity).map { step.momentum * $1 + step.decay * $0 })
  }

  package static func softmax(_ matrix: Matrix) -> Matrix {
    let rows = (0..<matrix.rows).map { index in
      let row = matrix.row(index)
      let top = row.max() ?? 0
      let powers = row.map { exponential($0 - top) }
      let total = laneSum(powers, lanes: 16) { $1 + $0 }
      return powers.map { $0 / total }
    }
    return Matrix(rows: matrix.rows, columns: matrix.columns, values: Array(rows.joined()))
  }

  package static func crossEntropyGradient(_ logits: Matrix, labels: [Int32], smoothing: Float, scale: Float) -> Matrix
  {
    let everywhere = smoothing / Float(logits.columns)
    return mapped(softmax(logits)) { row, column, probability in
      let target = column == Int(labels[row]) ? (1 - smoothing) + everywhere : everywhere
      return (probability - target) * scale
    }
  }

  package static func rowArgmax(_ matrix: Matrix) -> [Int32] {
    (0..<matrix.rows).map { row in
      Int32((1..<max(matrix.columns, 1)).reduce(0) { matrix[row, $1] > matrix[row, $0] ? $1 : $0 })
    }
  }

  /// Σ a·b in 64 partial sums.
  package static func dot(_ a: [Float], _ b: [Float]) -> Float { productSum(a, b, lanes: 64) }

  /// One chain of sums, or sums of 128 terms added up in order where `a` is transposed.
  package static func multiply(_ a: Matrix, transposed: Bool, by b: Matrix, transposedOther: Bool) -> Matrix {
    let (m, k) = transposed ? (a.columns, a.rows) : (a.rows, a.columns)
    let part = transposed ? 128 : max(k, 1)
    return mapped(Matrix(rows: m, columns: transposedOther ? b.rows : b.columns)) { row, column, _ in
      stride(from: 0, to: k, by: part).reduce(0) { total, start in
        total
          + (start..<min(start + part, k)).reduce(0) { sum, index in
            sum.addingProduct(
              transposed ? a[index, row] : a[row, index], transposedOther ? b[column, index] : b[index, column])
          }
      }
    }
  }

  package static func linearForward(_ input: Matrix, weights: Matrix) -> Matrix {
    let lanes = weights.rows <= LinearKernels.narrowOutputs ? 16 : 1
    return mapped(Matrix(rows: input.rows, columns: weights.rows)) { row, output, _ in
      productSum(input.row(row), weights.row(output), lanes: lanes)
    }
  }

  package static func linearBackward(gradient: Matrix, weights: Matrix) -> Matrix {
    mapped(Matrix(rows: gradient.rows, columns: weights.columns)) { row, column, _ in
      (0..<weights.rows).reduce(0) { $0.addingProduct(gradient[row, $1], weights[$1, column]) }
    }
  }

  /// The gradient added to `velocity`: term by term in a narrow layer, in sums of 128 rows in a wide one.
  package static func linearGradient(_ gradient: Matrix, input: Matrix, addedTo velocity: Matrix) -> Matrix {
    func sum(_ rows: Range<Int>, from start: Float, _ output: Int, _ column: Int) -> Float {
      rows.reduce(start) { $0.addingProduct(gradient[$1, output], input[$1, column]) }
    }
    return mapped(velocity) { output, column, value in
      guard velocity.rows > LinearKernels.narrowOutputs else { return sum(0..<input.rows, from: value, output, column) }
      return stride(from: 0, to: input.rows, by: 128).reduce(value) {
        $0 + sum($1..<min($1 + 128, input.rows), from: 0, output, column)
      }
    }
  }

  /// eˣ for x ≤ 0: 2ⁿ times a Taylor polynomial of degree 7 in x − n ln 2.
  private static func exponential(_ x: Float) -> Float {
    let clamped = max(x, -87)
    let n = (clamped * 1.44269504).rounded(.toNearestOrEven)
    let r = clamped.addingProduct(n, -0.693359375).addingProduct(n, 2.12194440e-4)
    let coefficients: [Float] = [1.38888889e-3, 8.33333333e-3, 4.16666667e-2, 1.66666667e-1, 0.5, 1, 1]
    let polynomial = coefficients.reduce(1.98412698e-4) { $1.addingProduct($0, r) }
    return polynomial * Float(sign: .plus, exponent: Int(n), significand: 1)
  }

  private static func productSum(_ a: [Float], _ b: [Float], lanes: Int) -> Float {
    laneSum(Array(zip(a, b)), lanes: lanes) { $1.addingProduct($0.0, $0.1) }
  }

  /// Folds element i into partial sum i mod `lanes`, then adds the upper half of the sums onto the lower until one is left.
  private static func laneSum<Element>(_ elements: [Element], lanes: Int, adding: (Element, Float) -> Float) -> Float {
    var sums = [Float](repeating: 0, count: lanes)
    for (index, element) in elements.enumerated() { sums[index % lanes] = adding(element, sums[index % lanes]) }
    while sums.count > 1 {
      let half = sums.count / 2
      sums = (0..<half).map { sums[$0] + sums[$0 + half] }
    }
    return sums[0]
  }

  private static func mapped(_ matrix: Matrix, _ transform: (Int, Int, Float) -> Float) -> Matrix {
    var result = matrix
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns { result[row, column] = transform(row, column, matrix[row, column]) }
    }
    return result
  }
}
