package import Core
package import Numerics

/// How much a model's answer differs between a point and its neighbours (Margatina et al., Active Learning by Acquiring
/// Contrastive Examples, EMNLP 2021).
package enum ContrastiveScores {
  /// Products of values that a block of rows may take: about a quarter of a second.
  private static let products = 5_000_000_000

  /// The mean symmetric divergence of each row's class probabilities from those of its nearest others.
  ///
  /// - Parameters:
  ///   - features: one row a point; neighbours are near by Euclid, the lower row of two equally near.
  ///   - probabilities: one row a point.
  ///   - neighbours: how many others, fewer where there are not as many.
  /// - Throws: `CancellationError` once nobody wants the result.
  package static func scores(
    features: Matrix, probabilities: Matrix, neighbours: Int, context: TaskContext = .unobserved
  ) throws -> [Double] {
    let divergence = Divergence(probabilities)
    // Largest x·y − ‖y‖²/2 is smallest ‖x − y‖.
    let memory = features.appending(column: Kernels.rowSquaredNorms(features).map { -$0 / 2 })
    var scores: [Double] = []
    let block = min(max(products / max(features.rows * memory.columns, 1), 1), 1_024)
    for start in stride(from: 0, to: features.rows, by: block) {
      try context.proceed(start, of: features.rows)
      let rows = start..<min(start + block, features.rows)
      let queries = features.rows(rows).appending(column: [Float](repeating: 1, count: rows.count))
      let found = try NearestNeighbours(of: queries, among: memory, count: neighbours + 1) { _, _ in
        try context.proceed(start, of: features.rows)
      }
      for row in rows {
        let first = (row - start) * found.count
        let others = found.indices[first..<first + found.count].map { Int($0) }.filter { $0 != row }
        scores.append(divergence.mean(of: row, from: Array(others.prefix(neighbours))))
      }
    }
    return scores
  }
}

extension Matrix {
  /// The matrix with one more column.
  fileprivate func appending(column: [Float]) -> Matrix {
    var wider: [Float] = []
    wider.reserveCapacity(rows * (columns + 1))
    for row in 0..<rows {
      wider += values[row * columns..<(row + 1) * columns]
      wider.append(column[row])
    }
    return Matrix(rows: rows, columns: columns + 1, values: wider)
  }
}
