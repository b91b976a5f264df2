import Statistics
import Sweeps

/// The statistics in full: other intervals, rank tests, agreement between utilities.
struct StatisticsSection {
  let setting: SettingAnalysis
  let level: Int

  private enum Words {
    static let heading = "Statistics in full"
    static let explanation: Markup =
      "Differences to \(code: "random") by two kinds of bootstrap interval, by the interquartile mean (the middle half of the pairs) and by Wilcoxon's signed-rank test with Pratt's zeros, p corrected after Holm for all strategies of a table. The test takes pairs of the same way of collecting as independent."
    static func caption(_ title: String, _ unit: String) -> String {
      "\(title): differences to random\(unit). One row is one strategy."
    }
    static let points = " in points"
    static let columns = [
      "Pairs", "Mean", "Percentile", "BCa", "Interquartile mean", "Its interval", "p", "p after Holm",
    ]
    static func friedman(_ test: FriedmanTest, units: Int) -> Markup {
      "Friedman's test over \(Numbers.counted(units, "unit")): p \(pValue(test.pValue)). By Nemenyi, mean ranks that differ by less than \(Numbers.decimal(test.criticalDifference(), 2)) cannot be told apart at 5\u{A0}%."
    }
    static func agreement(_ value: Double, _ utilities: Int) -> Markup {
      "How far the \(utilities) utilities agree on the order of strategies, Kendall's W: \(Numbers.decimal(value, 2)) (1 is the same order, 0 none)."
    }
    static func pValue(_ value: Double) -> String { value < 0.001 ? "<\u{A0}0.001" : Numbers.decimal(value, 3) }
  }

  var markup: [Markup] {
    let tables = setting.utilities.compactMap { utility -> Markup? in
      let statistics = FullStatistics(setting.grid, utility, setting.resamples)
      guard !statistics.lines.isEmpty else { return nil }
      let friedman = statistics.friedman.map { [Markup.paragraph(Words.friedman($0, units: statistics.friedmanUnits))] }
      return .details(utility.metric.title, [table(statistics).markup] + (friedman ?? []))
    }
    guard !tables.isEmpty else { return [] }
    return [.heading(level, Words.heading), .paragraph(Words.explanation)] + agreement
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
      let agreement = Correlation.concordance(judges: judges)
    else { return [] }
    return [.paragraph(Words.agreement(agreement, judges.count))]
  }

  private func table(_ statistics: FullStatistics) -> DataTable {
    let metric = statistics.metric
    return DataTable(
      caption: Words.caption(metric.title, metric.unit == .fraction ? Words.points : ""), corner: "Strategy",
      columns: Words.columns.map { .init($0) },
      rows: statistics.lines.map { line in
        let interval = line.comparison.interval
        let numbers = [
          Numbers.count(line.comparison.pairs), Numbers.difference(line.comparison.difference, of: metric),
          spelled(interval?.percentile, metric), spelled(interval?.accelerated, metric),
          Numbers.difference(line.interquartile?.estimate, of: metric), spelled(line.interquartile?.percentile, metric),
          Words.pValue(line.pValue), Words.pValue(line.adjusted),
        ]
        return DataTable.Row(StrategyName.markup(setting.grid.strategies[line.strategy]), numbers.map { .number($0) })
      })
  }

  private func spelled(_ interval: ClosedRange<Double>?, _ metric: Metric) -> String {
    interval.map { SettingWords.interval($0, metric) } ?? Numbers.missing
  }
}
