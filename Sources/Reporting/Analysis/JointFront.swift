import Economics
import Statistics
import Sweeps

/// The options that no other option beats in cost and in every weighted utility, and how sure that is.
struct JointFront {
  struct Point {
    let option: VerdictOption
    let cost: Double
    /// In the order of ``JointFront/metrics``, in their own units.
    let values: [Double]
    let state: ParetoFront.State
    /// How often it is on the front, over joint resamples of the seeds; nil with one seed.
    let probability: Double?
  }

  let metrics: [Metric]
  /// Best score first; at most ``considered``.
  let points: [Point]
  /// Options that had to be left out for their score.
  let leftOut: Int

  /// Each resample compares every pair of options.
  static let considered = 60
  private static let replicates = 1_000

  /// Costs that differ by no more than 1 % of the budget count as equal.
  init?(_ scores: VerdictScores, _ weights: UtilityWeights, budget: Money) {
    let metrics = weights.entries.map(\.metric)
    let order = Array(scores.order.prefix(Self.considered))
    guard order.count > 1, let seeds = scores.values.first?.count else { return nil }
    let candidates = order.map { scores.complete[$0] }
    let costs = candidates.map { candidate in
      candidate.grid.spending(candidate.strategy, candidate.shift) ?? []
    }
    let utilities = metrics.map { metric in candidates.map { $0.values(metric) ?? [] } }
    let objectives =
      [
        ParetoObjective(name: "cost", isHigherBetter: false, tolerance: budget.amount / 100, values: costs)
      ]
      + zip(metrics, utilities).map { metric, values in
        ParetoObjective(name: metric.name, isHigherBetter: metric.direction != .lowerIsBetter, values: values)
      }
    let resamples = PairedResamples(
      strata: [Int](repeating: 0, count: seeds), replicates: seeds > 1 ? Self.replicates : 1, seed: 0)
    let front = ParetoFront(objectives: objectives, resamples: resamples)
    self.metrics = metrics
    leftOut = scores.order.count - order.count
    points = candidates.indices.map { index in
      Point(
        option: candidates[index].option, cost: Grid.mean(costs[index]) ?? 0,
        values: utilities.map { Grid.mean($0[index]) ?? 0 }, state: front.members[index].state,
        probability: seeds > 1 ? front.members[index].probability : nil)
    }
  }
}
