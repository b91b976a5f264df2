package import Core
package import Numerics

/// Finds rows that have a very similar row among others, exactly, without comparing all pairs in full.
///
/// For unit rows a and b and an orthogonal projection P, cos(a, b) ≤ ⟨Pa, Pb⟩ + ‖a − Pa‖·‖b − Pb‖. The right side is one
/// inner product of short vectors; only rows that it does not rule out are compared in full.
package enum NearDuplicates {
  /// Directions that rows are projected on.
  private static let directions = 32
  /// Rows compared at once.
  private static let block = 64
  /// More than the rounding errors of the bound, so that rounding never hides a pair.
  private static let slack: Float = 1e-4

  /// For each row of `rows`, whether some row of `others` has a cosine above `threshold` with it.
  ///
  /// Both hold rows of unit length and equal width.
  package static func flags(
    _ rows: some RowReading, among others: some RowReading, threshold: Float, context: TaskContext = .unobserved
  ) throws -> [Bool] {
    try search(rows, among: others, threshold: threshold, excludesSelf: false, context)
  }

  /// For each row, whether some *other* row has a cosine above `threshold` with it.
  package static func flags(
    within rows: some RowReading, threshold: Float, context: TaskContext = .unobserved
  ) throws -> [Bool] {
    try search(rows, among: rows, threshold: threshold, excludesSelf: true, context)
  }

  private static func search(
    _ rows: some RowReading, among others: some RowReading, threshold: Float, excludesSelf: Bool, _ context: TaskContext
  ) throws -> [Bool] {
    precondition(rows.columns == others.columns, "rows of \(rows.columns) and \(others.columns) values")
    guard rows.rows > 0, others.rows > 0 else { return [Bool](repeating: false, count: rows.rows) }
    let basis = LeadingDirections.of(others, count: directions)
    let right = bounded(others, by: basis)
    let left = excludesSelf ? right : bounded(rows, by: basis)
    var flags = [Bool](repeating: false, count: rows.rows)
    for start in stride(from: 0, to: rows.rows, by: block) {
      try context.proceed(start, of: rows.rows)
      let range = start..<min(start + block, rows.rows)
      var bounds = left.rows(range).multiplied(by: right, transposedOther: true)
      if excludesSelf { for row in range { bounds[row - start, row] = -1 } }
      let candidates = columns(of: bounds, above: threshold - slack)
      guard !candidates.isEmpty else { continue }
      let cosines = rows.rows(range).multiplied(by: others.selecting(rows: candidates).matrix, transposedOther: true)
      for row in range {
        flags[row] = candidates.indices.contains { place in
          cosines[row - start, place] > threshold && !(excludesSelf && candidates[place] == row)
        }
      }
    }
    return flags
  }

  /// Each row's coordinates along the basis and, last, the length of the rest.
  private static func bounded(_ rows: some RowReading, by basis: Matrix) -> Matrix {
    var values: [Float] = []
    values.reserveCapacity(rows.rows * (basis.rows + 1))
    rows.forEachBlock { _, block in
      let coordinates = block.multiplied(by: basis, transposedOther: true)
      let (whole, part) = (Kernels.rowSquaredNorms(block), Kernels.rowSquaredNorms(coordinates))
      for row in 0..<block.rows {
        values += coordinates.values[row * basis.rows..<(row + 1) * basis.rows]
        values.append(max(0, whole[row] - part[row]).squareRoot())
      }
    }
    return Matrix(rows: rows.rows, columns: basis.rows + 1, values: values)
  }

  /// The columns that hold a value above `limit`.
  private static func columns(of matrix: Matrix, above limit: Float) -> [Int] {
    var maxima = [Float](repeating: -.infinity, count: matrix.columns)
    for row in 0..<matrix.rows {
      let start = row * matrix.columns
      for column in 0..<matrix.columns { maxima[column] = max(maxima[column], matrix.values[start + column]) }
    }
    return maxima.indices.filter { maxima[$0] > limit }
  }
}

/// The directions along which rows are longest, about: subspace iteration on a few rows.
enum LeadingDirections {
  /// At most `count` orthonormal directions, one a row, that hold most of the squared length of `rows`.
  static func of(_ rows: some RowReading, count: Int) -> Matrix {
    let step = max(1, rows.rows / 512)
    let sample = rows.selecting(rows: Array(stride(from: 0, to: rows.rows, by: step))).matrix
    var basis = orthonormal(sample.selecting(rows: Array(0..<min(count, sample.rows))))
    for _ in 0..<3 {
      let coordinates = sample.multiplied(by: basis, transposedOther: true)
      basis = orthonormal(coordinates.multiplied(transposed: true, by: sample))
    }
    return basis
  }

  /// The rows made orthonormal one after the other (Gram–Schmidt, twice); dependent rows are left out.
  private static func orthonormal(_ rows: Matrix) -> Matrix {
    var kept: [[Float]] = []
    for index in 0..<rows.rows {
      var row = rows.row(index)
      let length = Kernels.squaredNorm(row)
      for _ in 0..<2 {
        for other in kept {
          let share = Kernels.dot(row, other)
          for column in row.indices { row[column] -= share * other[column] }
        }
      }
      let rest = Kernels.squaredNorm(row)
      guard rest > length * 1e-6, rest > 0 else { continue }
      let scale = 1 / rest.squareRoot()
      kept.append(row.map { $0 * scale })
    }
    return Matrix(rows: kept.count, columns: rows.columns, values: kept.flatMap { $0 })
  }
}
