package import Core
import Numerics

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
  /// that is worth more than all of these together replaces them, with what is free beside it: together at least
  /// (1 − 1/e)/2 of the best possible (Khuller, Moss & Naor 1999) where `count` does not bind.
  ///
  /// - Parameters:
  ///   - similarities: not negative.
  ///   - costs: nil where all cost the same.
  /// - Throws: `CancellationError` once nobody wants the result.
  package static func select(
    _ count: Int, similarities: Similarities, costs: Costs? = nil, context: TaskContext = .unobserved
  ) throws -> Cover {
    precondition(costs.map { $0.values.count == similarities.candidates } ?? true, "one cost a candidate")
    var nothing = Coverage(similarities)
    let cover = try greedy(count, similarities, after: nothing, costs: costs, context: context)
    guard count > 0, let costs else { return cover }
    let affordable = costs.values.indices.filter { costs.values[$0] <= costs.budget }
    let alone = affordable.flatMap { nothing.gains(of: [$0]) }
    guard let best = alone.max(), best > cover.gains.reduce(0, +) else { return cover }
    let single = affordable[alone.firstIndex(of: best)!]
    nothing.add(single)
    // The single one itself costs something: were it free, the greedy cover would begin with it.
    let free = try greedy(count - 1, similarities, after: nothing, costs: costs.free, context: context)
    return Cover(picks: [single] + free.picks, gains: [best] + free.gains)
  }

  private static func greedy(
    _ count: Int, _ similarities: Similarities, after before: Coverage, costs: Costs?, context: TaskContext
  ) throws -> Cover {
    var coverage = before
    let (picks, gains) = try LazyGreedy.select(
      count, of: similarities.candidates, costs: costs, ahead: similarities.batch, context: context,
      gains: { coverage.gains(of: $0) }, pick: { coverage.add($0) })
    return Cover(picks: picks, gains: gains)
  }
}
