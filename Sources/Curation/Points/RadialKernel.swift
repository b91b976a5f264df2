package import Core
package import Numerics

/// The Gaussian kernel k(x, y) = exp(−‖x − y‖² / (2σ²)).
package struct RadialKernel: Sendable, Hashable {
  /// σ², positive.
  package let variance: Float
  private let scale: Float

  /// Traps unless `variance` is positive.
  package init(variance: Float) {
    precondition(variance > 0, "a kernel needs a positive width")
    self.variance = variance
    scale = -1 / (2 * variance)
  }

  /// The median heuristic (Gretton et al., A Kernel Two-Sample Test, JMLR 2012): σ is the median distance between any two
  /// of the first 256 rows of `points` and the first 256 of `others`; 1 where that is 0.
  package init(medianOf points: Matrix, and others: Matrix) {
    let sample = Matrix(
      rows: min(points.rows, 256) + min(others.rows, 256), columns: points.columns,
      values: Array(points.values.prefix(256 * points.columns)) + Array(others.values.prefix(256 * others.columns)))
    let products = sample.innerProducts(with: sample)
    var squares: [Float] = []
    for left in 0..<sample.rows {
      for right in 0..<left {
        squares.append(max(products[left, left] + products[right, right] - 2 * products[left, right], 0))
      }
    }
    squares.sort()
    let median = squares.isEmpty ? 0 : squares[squares.count / 2]
    self.init(variance: median > 0 ? median : 1)
  }

  /// The kernel of two points at this squared distance; what rounding puts below 0 counts as 0.
  package func value(squaredDistance: Float) -> Float { Self.exponential(min(squaredDistance * scale, 0)) }

  /// The mean of the kernel between each of `points` and all rows of `target`.
  ///
  /// - Throws: `CancellationError` once nobody wants the result.
  package func meanAffinities(
    of points: Matrix, to target: Matrix, context: TaskContext = .unobserved
  ) throws -> [Double] {
    let targetNorms = Kernels.rowSquaredNorms(target)
    var means: [Double] = []
    for start in stride(from: 0, to: points.rows, by: 256) {
      try context.proceed(start, of: points.rows)
      let block = points.rows(start..<min(start + 256, points.rows))
      let products = block.innerProducts(with: target)
      for (row, norm) in Kernels.rowSquaredNorms(block).enumerated() {
        var sum: Double = 0
        for column in 0..<target.rows {
          let product = products.values[row * target.rows + column]
          sum += Double(value(squaredDistance: norm + targetNorms[column] - 2 * product))
        }
        means.append(sum / Double(target.rows))
      }
    }
    return means
  }

  /// eˣ for x ≤ 0 to a relative 2e-7, of basic operations alone so that it is the same on every host; 0 below −87. The
  /// polynomial is that of Cephes' expf.
  @inline(__always)
  static func exponential(_ x: Float) -> Float {
    guard x > -87 else { return 0 }
    // Adding and subtracting 1.5·2²³ rounds to a whole number.
    let whole = (x * 1.442695041 + 12_582_912) - 12_582_912
    let r = (x - whole * 0.693359375) - whole * -2.12194440e-4
    var series: Float = 1.9875691500e-4
    series = series * r + 1.3981999507e-3
    series = series * r + 8.3334519073e-3
    series = series * r + 4.1665795894e-2
    series = series * r + 1.6666665459e-1
    series = series * r + 5.0000001201e-1
    return (series * (r * r) + r + 1) * Float(bitPattern: UInt32(Int32(whole) + 127) << 23)
  }
}
