package import Core
package import Numerics

/// Greedy k-center in class probabilities, where the distance is the symmetric divergence (Agarwal et al., Contextual
/// Diversity for Active Learning, ECCV 2020).
package enum DivergenceCenter {
  /// Picks `count` rows: first the one that diverges least from the mean of all, then always the one whose least divergence
  /// from those before is largest. The lower position wins a tie.
  ///
  /// - Parameters:
  ///   - probabilities: one row a point, at least one.
  ///   - count: from 1 to the number of rows.
  /// - Throws: `CancellationError` once nobody wants the result.
  package static func select(
    _ count: Int, from probabilities: Matrix, context: TaskContext = .unobserved
  ) throws -> [Int] {
    precondition((1...probabilities.rows).contains(count), "\(count) of \(probabilities.rows) cannot be picked")
    let mean = Mean.of(probabilities).map { Float($0) }
    let withMean = Matrix(
      rows: probabilities.rows + 1, columns: probabilities.columns, values: probabilities.values + mean)
    let first = Ranking.argmin(Array(Divergence(withMean).distances(from: probabilities.rows).dropLast()))
    let divergence = Divergence(probabilities)
    return try KCenter.cover(count, of: probabilities.rows, first: first, context: context) { pick, _ in
      divergence.distances(from: pick)
    }.picks
  }
}
