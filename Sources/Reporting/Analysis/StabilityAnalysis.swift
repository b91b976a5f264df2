import Results
import Statistics
import Sweeps

/// How far the order of the strategies by one utility depends on the seed, the way of collecting, the utility and the prices.
struct StabilityAnalysis {
  /// The utility that seeds, shifts and prices are judged by.
  let metric: Metric
  /// Strategies that can be recommended and have every trial, in the order of the grid; the subjects of what follows.
  let strategies: [Int]
  /// One judge a seed: the mean over the shifts.
  let seeds: RankStability?
  /// One judge a shift: the mean over the seeds.
  let shifts: RankStability?
  /// One judge a headline utility, over all shifts and seeds; strategies without a value of some utility take no part.
  let utilities: RankStability?
  let utilityMetrics: [Metric]
  /// Changed prices at the same budget; nil with one budget.
  let prices: PriceSensitivity?

  /// nil with fewer than two complete strategies.
  init?(_ grids: Grids, _ grid: Grid, _ utilities: [UtilityAnalysis]) {
    guard let first = utilities.first else { return nil }
    let metric = first.metric
    let sign = UtilityAnalysis.sign(metric)
    func value(_ strategy: Int, _ shift: Int, _ seed: Int) -> Double? {
      grid.value(metric.name, strategy, shift, replicate: seed).map { sign * $0 }
    }
    let strategies = grid.strategies.indices.filter { strategy in
      grid.isAchievable(strategy)
        && grid.shifts.indices.allSatisfy { shift in
          grid.replicates.indices.allSatisfy { value(strategy, shift, $0) != nil }
        }
    }
    guard strategies.count > 1, !grid.replicates.isEmpty, !grid.shifts.isEmpty else { return nil }
    self.metric = metric
    self.strategies = strategies
    func judges(_ count: Int, _ score: (Int, Int) -> Double) -> RankStability? {
      count > 1 ? RankStability(judges: (0..<count).map { judge in strategies.map { score(judge, $0) } }) : nil
    }
    seeds = judges(grid.replicates.count) { seed, strategy in
      Grid.mean(grid.shifts.indices.compactMap { value(strategy, $0, seed) }) ?? 0
    }
    shifts = judges(grid.shifts.count) { shift, strategy in
      Grid.mean(grid.replicates.indices.compactMap { value(strategy, shift, $0) }) ?? 0
    }
    let measured = utilities.map(\.metric).filter { other in
      strategies.allSatisfy { grid.mean(other.name, $0) != nil }
    }
    utilityMetrics = measured
    self.utilities = judges(measured.count) { judge, strategy in
      UtilityAnalysis.sign(measured[judge]) * (grid.mean(measured[judge].name, strategy) ?? 0)
    }
    prices = Self.prices(grids, grid, metric, strategies)
  }

  private static func prices(_ grids: Grids, _ grid: Grid, _ metric: Metric, _ strategies: [Int])
    -> PriceSensitivity?
  {
    let levels = grids.budgets(of: grid.setting).map { grids.sources($0) }
    guard levels.count > 1 else { return nil }
    let subjects = strategies.map { strategy in
      levels.compactMap { level -> PriceSensitivity.Level? in
        guard let row = level.strategies.firstIndex(of: grid.strategies[strategy]),
          let utility = level.mean(metric.name, row)
        else { return nil }
        // What was left over of the budget is no saving: the subset stands for the budget it was bought for.
        let spending = level.meanSpending(row)
        let total = spending.reduce(0, +)
        guard total > 0 else { return nil }
        return PriceSensitivity.Level(
          utility: utility, spending: spending.map { $0 / total * level.setting.budget.amount })
      }
    }
    guard subjects.allSatisfy({ $0.count == levels.count }), grid.setting.budget.amount > 0 else { return nil }
    return PriceSensitivity(
      subjects: subjects, budget: grid.setting.budget.amount, isHigherBetter: metric.direction != .lowerIsBetter,
      seed: 0)
  }
}
