import Glibc

/// Linear algebra of our own where OpenBLAS would give other last bits on another processor: IEEE basic operations in a fixed
/// order. Slower than OpenBLAS several times over.
package enum PortableEngine {
  /// C ← alpha · product + beta · C.
  package static func multiply(_ product: Matrix, into c: inout Matrix, alpha: Float, beta: Float) {
    for index in c.values.indices {
      let own = alpha * product.values[index]
      c.values[index] = beta == 0 ? own : own + beta * c.values[index]
    }
  }

  /// Adds scale · XᵀX to the lower triangle of `gram`, or scale · XXᵀ of the rows where `wide`.
  package static func addGram(_ block: Matrix, wide: Bool, scale: Double, to gram: inout [Double]) {
    let size = wide ? block.rows : block.columns
    let columns = wide ? block.transposedDoubles() : block.values.map { Double($0) }
    gram.withUnsafeMutableBufferPointer { gram in
      columns.withUnsafeBufferPointer { values in
        for start in stride(from: 0, to: values.count, by: size) {
          for row in 0..<size {
            let factor = scale * values[start + row]
            for column in 0...row { gram[row * size + column] += factor * values[start + column] }
          }
        }
      }
    }
  }

  /// Replaces `a`, of which the lower triangle counts, by its unit eigenvectors, one a row, and returns the eigenvalues,
  /// ascending; nil when the iteration does not converge.
  ///
  /// Householder's tridiagonal form, then the QL method with implicit shifts (Golub and Van Loan, *Matrix Computations*, §8.3;
  /// Martin and Wilkinson 1968).
  package static func eigen(_ a: inout [Double], size: Int) -> [Double]? {
    for row in 0..<size { for column in 0..<row { a[column * size + row] = a[row * size + column] } }
    var form = TridiagonalForm(reducing: a, size: size)
    guard form.diagonalise() else { return nil }
    let order = (0..<size).sorted { (form.diagonal[$0], $0) < (form.diagonal[$1], $1) }
    a = order.flatMap { form.rows[$0 * size..<($0 + 1) * size] }
    return order.map { form.diagonal[$0] }
  }
}

/// A = RᵀTR with orthogonal R and tridiagonal T.
private struct TridiagonalForm {
  private let size: Int
  private(set) var diagonal: [Double]
  /// Between `diagonal[i]` and `diagonal[i + 1]`; the last is 0.
  private var side: [Double]
  /// The largest number of T at first: beside it, less than its last bit is nothing. Where whole ranges of eigenvalues are 0, their
  /// neighbours are no measure.
  private var largest = 0.0
  /// R, row after row; once T is diagonal, the eigenvectors.
  private(set) var rows: [Double]

  /// The form of a symmetric matrix, row after row.
  init(reducing matrix: [Double], size: Int) {
    self.size = size
    var a = matrix
    diagonal = [Double](repeating: 0, count: size)
    side = diagonal
    rows = [Double](repeating: 0, count: size * size)
    for index in 0..<size { rows[index * size + index] = 1 }
    for step in 0..<max(size - 1, 0) {
      let below = (step + 1..<size).map { a[$0 * size + step] }
      let mirror = Mirror(of: below)
      side[step] = mirror.image
      guard mirror.factor != 0 else { continue }
      mirror.reflectBothSides(of: &a, from: step + 1, size: size)
      mirror.reflect(&rows, from: step + 1, size: size)
    }
    for index in 0..<size { diagonal[index] = a[index * size + index] }
    largest = (diagonal + side).reduce(0) { max($0, $1.magnitude) }
  }

  /// Makes T diagonal; false when a value takes more than 60 rounds, which is twice what is ever needed.
  mutating func diagonalise() -> Bool {
    for first in 0..<size {
      var rounds = 0
      while case let last = lastOfBlock(from: first), last > first {
        rounds += 1
        guard rounds <= 60 else { return false }
        turn(first...last)
      }
    }
    return true
  }

  /// The end of the block that begins with `first`: where the side is nothing.
  private func lastOfBlock(from first: Int) -> Int {
    (first..<size - 1).first { side[$0].magnitude + largest == largest } ?? size - 1
  }

  /// One implicit QL step with Wilkinson's shift on a block.
  private mutating func turn(_ block: ClosedRange<Int>) {
    let (first, last) = (block.lowerBound, block.upperBound)
    var g = (diagonal[first + 1] - diagonal[first]) / (2 * side[first])
    let root = Self.hypotenuse(g, 1)
    g = diagonal[last] - diagonal[first] + side[first] / (g + (g < 0 ? -root : root))
    var (sine, cosine, p) = (1.0, 1.0, 0.0)
    for index in (first..<last).reversed() {
      let f = sine * side[index]
      let b = cosine * side[index]
      let r = Self.hypotenuse(f, g)
      side[index + 1] = r
      guard r != 0 else {
        diagonal[index + 1] -= p
        side[last] = 0
        return
      }
      (sine, cosine) = (f / r, g / r)
      g = diagonal[index + 1] - p
      let q = (diagonal[index] - g) * sine + 2 * cosine * b
      p = sine * q
      diagonal[index + 1] = g + p
      g = cosine * q - b
      rotate(index, sine, cosine)
    }
    diagonal[first] -= p
    side[first] = g
    side[last] = 0
  }

  private mutating func rotate(_ row: Int, _ sine: Double, _ cosine: Double) {
    let size = size
    rows.withUnsafeMutableBufferPointer { rows in
      let (upper, lower) = (row * size, (row + 1) * size)
      for column in 0..<size {
        let (a, b) = (rows[upper + column], rows[lower + column])
        rows[lower + column] = sine * a + cosine * b
        rows[upper + column] = cosine * a - sine * b
      }
    }
  }

  /// √(a² + b²) without overflow, of basic operations.
  private static func hypotenuse(_ a: Double, _ b: Double) -> Double {
    let (large, small) = (max(a.magnitude, b.magnitude), min(a.magnitude, b.magnitude))
    guard large > 0 else { return 0 }
    let ratio = small / large
    return large * (1 + ratio * ratio).squareRoot()
  }
}

/// Householder's reflection I − factor · v vᵀ, which makes a vector a multiple of the first axis.
private struct Mirror {
  /// What becomes of the vector's first number; the others become 0.
  let image: Double
  /// 0 where there is nothing to reflect.
  let factor: Double
  private let vector: [Double]

  init(of column: [Double]) {
    let scale = column.dropFirst().reduce(0) { max($0, $1.magnitude) }
    guard scale > 0 else {
      (image, factor, vector) = (column[0], 0, [])
      return
    }
    let largest = max(scale, column[0].magnitude)
    let norm = largest * column.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
    image = column[0] > 0 ? -norm : norm
    var v = column.map { $0 / largest }
    v[0] = (column[0] - image) / largest
    factor = 2 / v.reduce(0) { $0 + $1 * $1 }
    vector = v
  }

  /// H B H for the symmetric block of `a` that begins at row and column `start`.
  func reflectBothSides(of a: inout [Double], from start: Int, size: Int) {
    let count = vector.count
    var p = [Double](repeating: 0, count: count)
    a.withUnsafeMutableBufferPointer { a in
      for row in 0..<count {
        let base = (start + row) * size + start
        // Whole rows are added, not sums taken, so that several columns are computed at once in one order.
        for column in 0..<count { p[column] += vector[row] * a[base + column] }
      }
      let along = zip(p, vector).reduce(0) { $0 + $1.0 * $1.1 } * factor
      for index in 0..<count { p[index] = factor * (p[index] - along / 2 * vector[index]) }
      for row in 0..<count {
        let base = (start + row) * size + start
        let (v, w) = (vector[row], p[row])
        for column in 0..<count { a[base + column] -= v * p[column] + w * vector[column] }
      }
    }
  }

  /// H R for the rows of `rows` from `start`.
  func reflect(_ rows: inout [Double], from start: Int, size: Int) {
    var sum = [Double](repeating: 0, count: size)
    rows.withUnsafeMutableBufferPointer { rows in
      for (index, value) in vector.enumerated() {
        let base = (start + index) * size
        for column in 0..<size { sum[column] += value * rows[base + column] }
      }
      for (index, value) in vector.enumerated() {
        let base = (start + index) * size
        let own = factor * value
        for column in 0..<size { rows[base + column] -= own * sum[column] }
      }
    }
  }
}

extension Matrix {
  /// Column after column.
  fileprivate func transposedDoubles() -> [Double] {
    (0..<columns).flatMap { column in (0..<rows).map { Double(values[$0 * columns + column]) } }
  }
}
