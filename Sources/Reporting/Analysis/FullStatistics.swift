import Statistics
import Sweeps

/// Everything the statistics say of one utility in one setting, for readers who want more than intervals.
struct FullStatistics {
  /// One strategy against the reference.
  struct Line {
    let strategy: Int
    let comparison: Comparison
    /// The difference of the middle half of the pairs (Agarwal et al. 2021).
    let interquartile: Double
    /// The p of the t-test of this pair alone, and after Holm's correction over all pairs of strategies; nil when some shift has a
    /// single pair.
    let pValue: Double?
    let adjusted: Double?
    /// Wilcoxon's signed-rank p of this pair alone: the classical alternative.
    let signedRank: Double
  }

  let metric: Metric
  let lines: [Line]
  /// Friedman's test of the contenders over all units that each of them has; nil below two contenders.
  let friedman: FriedmanTest?
  let friedmanUnits: Int

  init(_ grid: Grid, _ utility: UtilityAnalysis) {
    metric = utility.metric
    lines = utility.standings.compactMap { standing in
      guard let comparison = standing.difference, let reference = grid.reference else { return nil }
      let differences = comparison.groups.flatMap { $0 }
      return Line(
        strategy: standing.strategy, comparison: comparison,
        interquartile: Descriptive.interquartileMean(differences),
        pValue: utility.decisions.pValue(standing.strategy, reference),
        adjusted: utility.decisions.adjusted(standing.strategy, reference),
        signedRank: WilcoxonSignedRank(differences: differences).pValue)
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
    if grid.hasDraws {
      let rows = eligible.map { strategy in
        grid.units(
          grid.shifts.indices.map { shift in
            grid.replicates.indices.map { grid.value(utility.metric.name, strategy, shift, replicate: $0) }
          })
      }
      return rows.contains(nil) ? [] : rows.compactMap { $0 }
    }
    var rows = eligible.map { _ in [Double]() }
    for shift in grid.shifts.indices {
      for seed in grid.replicates.indices {
        let values = eligible.compactMap { grid.value(utility.metric.name, $0, shift, replicate: seed) }
        guard values.count == eligible.count else { continue }
        for (row, value) in values.enumerated() { rows[row].append(value) }
      }
    }
    return rows
  }
}
