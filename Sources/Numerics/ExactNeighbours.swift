/// The nearest rows of a memory, in an order that double precision decides: single precision finds candidates, as many as its
/// rounding can confuse, and their distances are computed anew.
package struct ExactNeighbours: Sendable {
  package enum Metric: String, CaseIterable, Sendable {
    /// 1 − the cosine of the angle; 1 from and to a row of zeros.
    case cosine
    case euclidean
  }

  private let rows: Matrix
  private let metric: Metric
  /// Rows whose products with those of ``searched(_:)`` queries grow as distances shrink.
  private let memory: Matrix
  /// Of the rows, in double precision; their largest.
  private let norms: [Double]
  private let largestNorm: Double

  /// Candidates looked at beyond those that are wanted, before more are needed.
  private static let spare = 16

  /// Takes any finite rows whose squares single precision holds.
  package init(among rows: Matrix, metric: Metric) {
    (self.rows, self.metric) = (rows, metric)
    norms = (0..<rows.rows).map { Self.squaredNorm(rows, $0).squareRoot() }
    largestNorm = norms.reduce(0, max)
    switch metric {
    case .cosine: memory = rows.withUnitRows()
    case .euclidean: memory = rows.appendingColumn(norms.map { Float(-0.5 * $0 * $0) })
    }
  }

  /// The `count` nearest rows of each of `queries`, or all where there are fewer: query after query, the nearest first; the
  /// lower row wins a tie.
  package func nearest(to queries: Matrix, count: Int) -> (indices: [Int32], distances: [Double]) {
    precondition(queries.columns == rows.columns, "\(queries.columns) against \(rows.columns) columns")
    let count = min(count, rows.rows)
    var (indices, distances): ([Int32], [Double]) = ([], [])
    guard count > 0 else { return (indices, distances) }
    let prepared = searched(queries)
    let found = NearestNeighbours(of: prepared, among: memory, count: count + Self.spare)
    for query in 0..<queries.rows {
      let candidates = candidates(for: query, of: queries, prepared, among: found, count: count)
      let nearest = candidates.map { (distance(queries, query, Int($0)), $0) }.sorted { $0 < $1 }.prefix(count)
      indices += nearest.map(\.1)
      distances += nearest.map(\.0)
    }
    return (indices, distances)
  }

  private func searched(_ queries: Matrix) -> Matrix {
    switch metric {
    case .cosine: queries.withUnitRows()
    case .euclidean: queries.appendingColumn([Float](repeating: 1, count: queries.rows))
    }
  }

  /// Every row that may be among the `count` nearest of a query.
  private func candidates(
    for query: Int, of queries: Matrix, _ prepared: Matrix, among found: NearestNeighbours, count: Int
  ) -> [Int32] {
    let tolerance = tolerance(of: queries, query)
    var found = found
    var first = query * found.count
    while true {
      let similarities = found.similarities[first..<first + found.count]
      let least = Double(similarities[first + count - 1]) - 2 * tolerance
      // Not a number, of an overflow, counts as within reach.
      let near = similarities.count { !(Double($0) < least) }
      guard near == found.count, found.count < rows.rows else { return Array(found.indices[first..<first + near]) }
      found = NearestNeighbours(of: prepared.rows(query..<query + 1), among: memory, count: 4 * found.count)
      first = 0
    }
  }

  /// How far a similarity in single precision can be from the true one: the bound of a sum of products, and the rounding of
  /// what is multiplied.
  private func tolerance(of queries: Matrix, _ query: Int) -> Double {
    let terms = Double(rows.columns + 8) * 0x1p-24
    switch metric {
    case .cosine: return 1.01 * terms
    case .euclidean:
      return 1.01 * terms
        * (Self.squaredNorm(queries, query).squareRoot() * largestNorm + 0.5 * largestNorm * largestNorm)
    }
  }

  private func distance(_ queries: Matrix, _ query: Int, _ row: Int) -> Double {
    let width = rows.columns
    let (a, b) = (query * width, row * width)
    var sum = 0.0
    switch metric {
    case .euclidean:
      for column in 0..<width {
        let difference = Double(queries.values[a + column]) - Double(rows.values[b + column])
        sum += difference * difference
      }
      return sum.squareRoot()
    case .cosine:
      for column in 0..<width { sum += Double(queries.values[a + column]) * Double(rows.values[b + column]) }
      let product = Self.squaredNorm(queries, query).squareRoot() * norms[row]
      // Rounding can bring the cosine of equal directions above 1.
      return product > 0 ? max(1 - sum / product, 0) : 1
    }
  }

  private static func squaredNorm(_ matrix: Matrix, _ row: Int) -> Double {
    var sum = 0.0
    for value in matrix.values[row * matrix.columns..<(row + 1) * matrix.columns] {
      sum += Double(value) * Double(value)
    }
    return sum
  }
}

extension Matrix {
  /// The same with one more column at the end; one value a row.
  func appendingColumn(_ column: [Float]) -> Matrix {
    var values: [Float] = []
    values.reserveCapacity(rows * (columns + 1))
    for row in 0..<rows {
      values += self.values[row * columns..<(row + 1) * columns]
      values.append(column[row])
    }
    return Matrix(rows: rows, columns: columns + 1, values: values)
  }
}
