import Sweeps

/// All shifts together: a table a utility, with the differences to the reference as strips.
struct RankingSection {
  let setting: SettingAnalysis
  let level: Int

  private enum Words {
    static let heading = "Overall ranking"
    static let explanation: Markup =
      "All ways of collecting together, best first. The strip shows the difference to \(code: "random") with its 95\u{A0}% paired-bootstrap interval; a filled mark means that the interval leaves out 0, a hollow one that it does not, an arrow that it lies beyond the strip. “First” is how often a strategy comes first when seeds are resampled, “rank” its mean rank over the ways of collecting."
    static func caption(_ title: String, _ meaning: String, unit: String) -> String {
      "\(title): \(meaning). One row is one strategy; means over all trials\(unit)."
    }
    static let percent = " in percent"
    static let oracle = " not achievable"
    static func strip(_ name: String, _ difference: String) -> String { "\(name): \(difference) against random" }
    static let reference = "reference"
    static func coverage(_ shifts: Int, of all: Int) -> String { "\(shifts) of \(all) ways" }
    static let columns = ["Mean", "To random", "", "First", "Rank"]
  }

  var markup: [Markup] {
    [.heading(level, Words.heading), .paragraph(Words.explanation)]
      + [.element("div", class: "pair", setting.utilities.map { table($0).markup })]
  }

  private func table(_ utility: UtilityAnalysis) -> DataTable {
    let items = utility.standings.map { standing in standing.difference.map { Self.item($0, utility.metric) } }
    let strip = IntervalStrip(items.compactMap { $0 })
    let metric = utility.metric
    return DataTable(
      caption: Words.caption(metric.title, metric.meaning, unit: metric.unit == .fraction ? Words.percent : ""),
      corner: "Strategy",
      columns: Words.columns.map { DataTable.Column($0, isNumber: !$0.isEmpty) },
      rows: zip(utility.standings, items).map { standing, item in
        row(standing, metric, strip.markup(item, title: title(standing, metric)))
      }, style: "ranking")
  }

  private static func item(_ comparison: Comparison, _ metric: Metric) -> IntervalStrip.Item {
    IntervalStrip.Item(
      difference: comparison.difference, interval: comparison.interval?.percentile, isClear: comparison.leavesOutZero,
      isBetter: comparison.difference * UtilityAnalysis.sign(metric) >= 0)
  }

  private func title(_ standing: UtilityAnalysis.Standing, _ metric: Metric) -> String {
    guard let difference = standing.difference else { return Words.reference }
    return Words.strip(setting.name(standing.strategy), SettingWords.difference(difference, metric))
  }

  private func row(_ standing: UtilityAnalysis.Standing, _ metric: Metric, _ strip: Markup) -> DataTable.Row {
    let strategy = setting.grid.strategies[standing.strategy]
    let difference = standing.difference
    return DataTable.Row(
      StrategyName.markup(strategy) + coverage(standing),
      [
        .number(Numbers.value(standing.mean, of: metric, bare: true)),
        DataTable.Cell(
          [
            line(
              "delta", strategy.isReference ? Words.reference : Numbers.difference(difference?.difference, of: metric)),
            line("interval", difference?.interval.map { SettingWords.interval($0.percentile, metric) } ?? ""),
          ], style: difference?.leavesOutZero == true ? "n two strong" : "n two"),
        DataTable.Cell([strip], style: "strip-cell"), .number(Numbers.chance(standing.chanceFirst)),
        .number(Numbers.decimal(standing.meanRank, 1)),
      ], style: strategy.isOracle ? "oracle" : (strategy.isReference ? "reference" : ""))
  }

  private func coverage(_ standing: UtilityAnalysis.Standing) -> [Markup] {
    standing.isComplete
      ? [] : [.element("span", class: "flag", [.text(Words.coverage(standing.shifts, of: setting.grid.shifts.count))])]
  }

  private func line(_ style: String, _ text: String) -> Markup { .element("span", class: style, [.text(text)]) }
}

/// How a strategy is named at the head of a row.
enum StrategyName {
  static func markup(_ strategy: StrategyChoice) -> [Markup] {
    [.code(strategy.label)] + (strategy.isOracle ? [.element("span", class: "flag", ["not achievable"])] : [])
  }
}
