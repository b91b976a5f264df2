import Statistics
import Sweeps

/// Everything the statistics say of one utility in one setting, for readers who want more than intervals.
struct FullStatistics {
  /// One strategy against the reference.
  struct Line {
    let strategy: Int
    let comparison: Comparison
    /// The difference of interquartile means, with its interval; nil without an interval of the mean.
    let interquartile: BootstrapInterval?
    /// Wilcoxon's signed-rank p over the pairs, and after Holm's correction over all lines.
    let pValue: Double
    let adjusted: Double
  }

  let metric: Metric
  let lines: [Line]
  /// Friedman's test of the contenders over all units that each of them has; nil below two contenders.
  let friedman: FriedmanTest?
  let friedmanUnits: Int

  init(_ grid: Grid, _ utility: UtilityAnalysis, _ resamples: Resamples) {
    metric = utility.metric
    let found = utility.standings.compactMap { standing in standing.difference.map { (standing.strategy, $0) } }
    let pValues = found.map { WilcoxonSignedRank(differences: $0.1.groups.flatMap { $0 }).pValue }
    let adjusted = Holm.adjusted(pValues)
    lines = found.indices.map { index in
      let (strategy, comparison) = found[index]
      let differences = comparison.groups.flatMap { $0 }
      let interquartile = comparison.interval.map { _ in
        resamples.bootstrap(comparison.groups.map(\.count)).interval(of: differences, statistic: .interquartileMean)
      }
      return Line(
        strategy: strategy, comparison: comparison, interquartile: interquartile, pValue: pValues[index],
        adjusted: adjusted[index])
    }
    let values = Self.completeValues(grid, utility)
    friedmanUnits = values.first?.count ?? 0
    friedman =
      values.count > 1 && friedmanUnits > 0
      ? FriedmanTest(values: values, isHigherBetter: utility.metric.direction != .lowerIsBetter) : nil
  }

  /// One row a contender, one value a unit that all of them have.
  private static func completeValues(_ grid: Grid, _ utility: UtilityAnalysis) -> [[Double]] {
    let eligible = utility.contenders.map(\.strategy)
    var rows = eligible.map { _ in [Double]() }
    for shift in grid.shifts.indices {
      for seed in grid.seeds.indices {
        let values = eligible.compactMap { grid.value(utility.metric.name, $0, shift, seed: seed) }
        guard values.count == eligible.count else { continue }
        for (row, value) in values.enumerated() { rows[row].append(value) }
      }
    }
    return rows
  }
}
