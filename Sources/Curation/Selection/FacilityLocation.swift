package import Numerics

/// Greedy facility location: picks to which every reference point has something similar (Mirzasoleiman et al. 2013; as in
/// apricot, Schreiber, Bilmes & Noble, JMLR 2020).
package enum FacilityLocation {
  package struct Cover: Sendable, Hashable {
    /// Positions of the picks, in order of choice.
    package let picks: [Int]
    /// By how much each raised Σ_i max_{s∈S} S_is.
    package let gains: [Double]
  }

  /// Picks up to `count` candidates; the gain of j is Σ_i max(0, S_ij − max_{s∈S} S_is), where the maximum over no picks is
  /// 0. The lower position wins a tie.
  ///
  /// With costs, each pick has the largest gain per cost among those that the budget still allows, and a single candidate
  /// that is worth more than all of these together replaces them: together at least (1 − 1/e)/2 of the best possible
  /// (Khuller, Moss & Naor 1999) where `count` does not bind.
  ///
  /// - Parameters:
  ///   - similarities: one row a candidate, one column a reference point; not negative.
  ///   - costs: nil where all cost the same.
  /// - Throws: `CancellationError` once `shouldContinue` answers false.
  package static func select(
    _ count: Int, similarities: Matrix, costs: Costs? = nil, shouldContinue: () -> Bool = { true }
  ) throws -> Cover {
    precondition(costs.map { $0.values.count == similarities.rows } ?? true, "one cost a candidate")
    let nothing = [Float](repeating: 0, count: similarities.columns)
    var covered = nothing
    let (picks, gains) = try LazyGreedy.select(
      count, of: similarities.rows, costs: costs, shouldContinue: shouldContinue,
      gain: { CoverageKernels.gain(of: $0, similarities, covered: covered) },
      pick: { CoverageKernels.cover(with: $0, similarities, covered: &covered) })
    guard count > 0, let costs else { return Cover(picks: picks, gains: gains) }
    let affordable = costs.values.indices.filter { costs.values[$0] <= costs.budget }
    let alone = affordable.map { CoverageKernels.gain(of: $0, similarities, covered: nothing) }
    guard let best = alone.max(), best > gains.reduce(0, +) else { return Cover(picks: picks, gains: gains) }
    return Cover(picks: [affordable[alone.firstIndex(of: best)!]], gains: [best])
  }
}
