import Statistics
import Sweeps

/// The statistics in full: other intervals, rank tests, agreement between utilities.
struct StatisticsSection {
  let setting: SettingAnalysis
  let level: Int

  var markup: [Markup] {
    let tables = setting.utilities.compactMap { utility -> Markup? in
      let statistics = FullStatistics(setting.grid, utility)
      guard !statistics.lines.isEmpty else { return nil }
      let friedman = statistics.friedman.map {
        [Markup.paragraph(StatisticsWords.friedman($0, units: statistics.friedmanUnits))]
      }
      return .details(utility.metric.shownTitle, [table(statistics).markup] + (friedman ?? []))
    }
    guard !tables.isEmpty else { return [] }
    return [.heading(level, StatisticsWords.heading), .paragraph(StatisticsWords.explanation)] + agreement
      + [.element("div", class: "folds", tables)]
  }

  private var agreement: [Markup] {
    let eligible = setting.grid.strategies.indices.filter { strategy in
      setting.utilities.allSatisfy { utility in utility.contenders.contains { $0.strategy == strategy } }
    }
    let judges = setting.utilities.map { utility in
      eligible.compactMap { strategy in
        setting.grid.mean(utility.metric.name, strategy).map { UtilityAnalysis.sign(utility.metric) * $0 }
      }
    }
    guard judges.count > 1, eligible.count > 2, judges.allSatisfy({ $0.count == eligible.count }),
      let agreement = Correlation.concordance(judges: judges.map { Ties.merged($0) })
    else { return [] }
    return [.paragraph(StatisticsWords.agreement(agreement, judges.count))]
  }

  private func table(_ statistics: FullStatistics) -> DataTable {
    let metric = statistics.metric
    return DataTable(
      caption: StatisticsWords.caption(metric), corner: SettingWords.strategy,
      columns: StatisticsWords.columns.map { .init($0) },
      rows: statistics.lines.map { line in
        let cells: [Markup] = [
          .text(Numbers.count(line.comparison.pairs)),
          .text(Numbers.difference(line.comparison.difference, of: metric)),
          spelled(line.comparison.interval, metric), .text(spelled(line.pValue)), .text(spelled(line.adjusted)),
          .text(Numbers.difference(line.interquartile, of: metric)), .text(StatisticsWords.pValue(line.signedRank)),
        ]
        return DataTable.Row(
          StrategyName.markup(setting.grid.strategies[line.strategy], setting.grid.strategyTable),
          cells.map { DataTable.Cell([$0], style: "n") })
      })
  }

  private func spelled(_ pValue: Double?) -> String { pValue.map(StatisticsWords.pValue) ?? Numbers.missing }

  private func spelled(_ interval: ClosedRange<Double>?, _ metric: Metric) -> Markup {
    interval.map { SettingWords.interval($0, metric) } ?? .text(Numbers.missing)
  }
}
