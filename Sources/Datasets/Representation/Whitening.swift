import Numerics

/// ZCA whitening: x ↦ (C + εI)^(−½) (x − mean), in plain double arithmetic so that every CPU gives the same bits.
struct Whitening {
  let mean: [Double]
  /// Size × size, symmetric.
  let matrix: [Double]

  private var size: Int { mean.count }

  /// Learns mean and covariance from the rows of `rows`.
  init(of rows: Matrix, epsilon: Double) {
    mean = columnMeans(rows)
    let size = rows.columns
    var covariance = [Double](repeating: 0, count: size * size)
    var centred = [Double](repeating: 0, count: size)
    for row in 0..<rows.rows {
      for i in 0..<size { centred[i] = Double(rows.values[row * size + i]) - mean[i] }
      for i in 0..<size {
        for j in 0..<size { covariance[i * size + j] += centred[i] * centred[j] }
      }
    }
    for index in covariance.indices { covariance[index] /= Double(rows.rows) }
    for i in 0..<size { covariance[i * size + i] += epsilon }
    matrix = Self.inverseSquareRoot(covariance, size: size)
  }

  /// The whitened rows.
  func applied(to rows: Matrix) -> Matrix {
    var result = Matrix(rows: rows.rows, columns: size)
    var centred = [Double](repeating: 0, count: size)
    var sums = centred
    for row in 0..<rows.rows {
      for i in 0..<size {
        centred[i] = Double(rows.values[row * size + i]) - mean[i]
        sums[i] = 0
      }
      for i in 0..<size {
        for j in 0..<size { sums[j] += centred[i] * matrix[i * size + j] }
      }
      for j in 0..<size { result.values[row * size + j] = Float(sums[j]) }
    }
    return result
  }

  /// A^(−½) of a symmetric positive definite matrix by the coupled Newton–Schulz iteration (Higham, "Functions of
  /// Matrices", §6.7), after scaling by the Frobenius norm, which makes it converge.
  private static func inverseSquareRoot(_ matrix: [Double], size: Int) -> [Double] {
    let norm = matrix.reduce(0) { $0 + $1 * $1 }.squareRoot()
    var root = matrix.map { $0 / norm }
    var inverse = (0..<size * size).map { $0 / size == $0 % size ? 1.0 : 0.0 }
    let identity = inverse
    for _ in 0..<60 {
      let product = multiply(inverse, root, size: size)
      if zip(product, identity).allSatisfy({ abs($0 - $1) < 1e-12 }) { break }
      let step = zip(identity, product).map { 1.5 * $0 - 0.5 * $1 }
      root = multiply(root, step, size: size)
      inverse = multiply(step, inverse, size: size)
    }
    return inverse.map { $0 / norm.squareRoot() }
  }

  private static func multiply(_ a: [Double], _ b: [Double], size: Int) -> [Double] {
    var product = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for k in 0..<size {
        let factor = a[i * size + k]
        for j in 0..<size { product[i * size + j] += factor * b[k * size + j] }
      }
    }
    return product
  }
}
