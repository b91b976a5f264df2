import Statistics
import Sweeps

/// The ways of collecting against each other: what `random` gets from each for the same money, by the utility that comes first.
struct CollectingAnalysis {
  let metric: Metric
  /// The row of `random`.
  let reference: Int
  /// The shifts, best first.
  let order: [Int]
  /// What the best is ahead of the second; nil when they have no common trial.
  let lead: Comparison?
  /// Whether the two differ, after Holm's correction over all pairs of ways of collecting.
  let isDecided: Bool

  /// nil without `random`, and with fewer than two ways of collecting that it has a value in.
  init?(_ grid: Grid, _ utility: UtilityAnalysis?) {
    guard let reference = grid.reference, let utility else { return nil }
    let sign = UtilityAnalysis.sign(utility.metric)
    let cells = utility.cells[reference]
    let order = grid.shifts.indices.filter { cells[$0] != nil }.sorted { left, right in
      let (mine, other) = (sign * cells[left]!.mean, sign * cells[right]!.mean)
      return mine == other ? left < right : mine > other
    }
    guard order.count > 1 else { return nil }
    metric = utility.metric
    (self.reference, self.order) = (reference, order)
    lead = Comparison(
      grid, utility.metric, Row(strategy: reference, shifts: [order[0]]), Row(strategy: reference, shifts: [order[1]]))
    let pools = Decisions(
      grid, utility.metric, grid.shifts.indices.map { Row(strategy: reference, shifts: [$0]) })
    isDecided = pools.differ(order[0], order[1])
  }
}
