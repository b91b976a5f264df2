import Core
import Numerics

/// How alike two points are: never negative, larger for more alike.
package enum Similarity: String, CaseIterable, Sendable {
  /// (1 + cosine) / 2; half of what is possible for a point of length 0.
  case cosine
  /// The largest squared distance between any two points, less the squared distance of these.
  case maxSquaredEuclidean = "max-squared-euclidean"
  /// The Gaussian kernel, as wide as the median distance of points.
  case gaussian

  static let option = OptionDescription.word(
    "similarity", allCases.map(\.rawValue),
    "how alike two images are: (1 + cosine) / 2, the largest squared distance less theirs, or a Gaussian kernel")
}

/// Similarities of points to each other, computed in blocks.
struct SimilarityRows {
  /// The points to measure: of length 1 for the cosine.
  let points: Matrix
  private let squaredNorms: [Float]
  private let measure: Measure

  private enum Measure {
    case cosine
    case below(Float)
    case kernel(RadialKernel)
  }

  private static let block = 512

  /// Prepares `similarity` among `points`; for the largest distance it compares each with each.
  ///
  /// - Throws: `CancellationError` once nobody wants the result.
  init(
    _ similarity: Similarity, of points: Matrix, context: TaskContext
  ) throws {
    switch similarity {
    case .cosine: (self.points, measure) = (points.withUnitRows(), .cosine)
    case .gaussian: (self.points, measure) = (points, .kernel(RadialKernel(medianOf: points, and: points)))
    case .maxSquaredEuclidean:
      let zero = Self(points: points, measure: .below(0))
      var least: Float = 0
      try zero.forEachBlock(context: context) { _, block in
        least = block.values.reduce(least) { min($0, $1) }
      }
      (self.points, measure) = (points, .below(-least))
    }
    squaredNorms = Kernels.rowSquaredNorms(self.points)
  }

  private init(points: Matrix, measure: Measure) {
    self.points = points
    self.measure = measure
    squaredNorms = Kernels.rowSquaredNorms(points)
  }

  /// Gives `body` the similarities of all points, a row each, to all, a block of rows after the other.
  private func forEachBlock(
    context: TaskContext, body: (_ rows: Range<Int>, _ block: Matrix) throws -> Void
  ) throws {
    for start in stride(from: 0, to: points.rows, by: Self.block) {
      try context.proceed(start, of: points.rows)
      let rows = start..<min(start + Self.block, points.rows)
      try body(rows, similarities(of: points.rows(rows), norms: Array(squaredNorms[rows])))
    }
  }

  /// Of `chosen` with these squared norms to all points.
  private func similarities(of chosen: Matrix, norms: [Float]) -> Matrix {
    var block = chosen.multiplied(by: points, transposedOther: true)
    for row in norms.indices {
      let first = row * points.rows
      for column in squaredNorms.indices {
        block.values[first + column] = value(block.values[first + column], norms[row], squaredNorms[column])
      }
    }
    return block
  }

  /// Of all points to all. Throws a `MemoryShortage` where those that are kept are too much for this process.
  func all(context: TaskContext) throws -> Similarities {
    guard points.rows <= Similarities.kept else { return computed }
    let bytes = points.rows * points.rows * MemoryLayout<Float>.stride
    try AvailableMemory.require(bytes, for: "comparing \(points.rows) rows with each other")
    return .kept(try symmetricMatrix(context: context))
  }

  /// The same, none of them kept.
  var computed: Similarities {
    .computed(count: points.rows) { positions in
      similarities(of: points.selecting(rows: positions), norms: positions.map { squaredNorms[$0] })
    }
  }

  /// The similarities of all points to all, each pair computed once.
  private func symmetricMatrix(context: TaskContext) throws -> Matrix {
    var matrix = Matrix(rows: points.rows, columns: points.rows)
    for start in stride(from: 0, to: points.rows, by: Self.block) {
      try context.proceed(start, of: points.rows)
      let end = min(start + Self.block, points.rows)
      let block = points.rows(start..<end).multiplied(by: points.rows(0..<end), transposedOther: true)
      for row in start..<end {
        for column in 0..<end {
          matrix.values[row * points.rows + column] = value(
            block.values[(row - start) * end + column], squaredNorms[row], squaredNorms[column])
        }
      }
      for column in 0..<start {
        for row in start..<end { matrix.values[column * points.rows + row] = matrix.values[row * points.rows + column] }
      }
    }
    return matrix
  }

  /// The sum of each point's similarities to all.
  func totals(context: TaskContext) throws -> [Double] {
    if case .cosine = measure {
      // Cosines add up to the product with the sum of directions.
      let count = Double(points.rows)
      let mean = Mean.of(points)
      return (0..<points.rows).map { count / 2 * (1 + Mean.product(points, row: $0, by: mean)) }
    }
    var totals: [Double] = []
    try forEachBlock(context: context) { range, block in
      for row in 0..<range.count {
        var sum = 0.0
        for column in 0..<block.columns { sum += Double(block.values[row * block.columns + column]) }
        totals.append(sum)
      }
    }
    return totals
  }

  /// The similarity of a point to all points, from their inner products.
  func values(of point: Int, products: [Float]) -> [Float] {
    products.indices.map { value(products[$0], squaredNorms[point], squaredNorms[$0]) }
  }

  /// The similarity of a point to itself.
  func ofItself(_ point: Int) -> Float {
    value(squaredNorms[point], squaredNorms[point], squaredNorms[point])
  }

  @inline(__always)
  private func value(_ product: Float, _ norm: Float, _ otherNorm: Float) -> Float {
    switch measure {
    case .cosine: max((1 + product) / 2, 0)
    case .below(let largest): largest - max(norm + otherNorm - 2 * product, 0)
    case .kernel(let kernel): kernel.value(squaredDistance: norm + otherNorm - 2 * product)
    }
  }
}
