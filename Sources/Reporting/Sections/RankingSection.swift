import Sweeps

/// All shifts together: a table a utility, with the differences to the reference as strips.
struct RankingSection {
  let setting: SettingAnalysis
  let level: Int

  var markup: [Markup] {
    [.heading(level, RankingWords.heading), .paragraph(RankingWords.explanation)]
      + [.element("div", class: "pair", setting.utilities.map { table($0).markup })]
  }

  private func table(_ utility: UtilityAnalysis) -> DataTable {
    let items = utility.standings.map { standing in
      standing.difference.map {
        Self.item($0, utility.metric, isClear: utility.differsFromReference(standing.strategy, setting.grid))
      }
    }
    let strip = IntervalStrip(items.compactMap { $0 })
    let metric = utility.metric
    return DataTable(
      caption: RankingWords.caption(metric), corner: SettingWords.strategy,
      columns: RankingWords.columns.map { DataTable.Column($0, isNumber: $0 != .empty) },
      rows: zip(utility.standings, items).map { standing, item in
        row(standing, utility, strip.markup(item, title: title(standing, metric)))
      }, style: "ranking", id: Anchor.ranking(setting.setting, metric))
  }

  private static func item(_ comparison: Comparison, _ metric: Metric, isClear: Bool) -> IntervalStrip.Item {
    IntervalStrip.Item(
      difference: comparison.difference, interval: comparison.interval, isClear: isClear,
      isBetter: comparison.difference * UtilityAnalysis.sign(metric) >= 0)
  }

  private func title(_ standing: UtilityAnalysis.Standing, _ metric: Metric) -> Markup {
    guard let difference = standing.difference else { return RankingWords.reference }
    return RankingWords.strip(setting.name(standing.strategy), SettingWords.difference(difference, metric))
  }

  private func row(_ standing: UtilityAnalysis.Standing, _ utility: UtilityAnalysis, _ strip: Markup) -> DataTable.Row {
    let metric = utility.metric
    let strategy = setting.grid.strategies[standing.strategy]
    let isReference = standing.strategy == setting.grid.reference
    let difference = standing.difference
    return DataTable.Row(
      StrategyName.markup(strategy, setting.grid.strategyTable) + coverage(standing),
      [
        DataTable.Cell(
          [
            .traced(
              Numbers.value(standing.mean, of: metric, bare: true), to: Anchor.trials(setting.grid, standing.strategy))
          ], style: "n"),
        DataTable.Cell(
          [
            .delta(
              isReference
                ? RankingWords.reference : .text(Numbers.difference(difference?.difference, of: metric)))
          ] + (difference?.interval.map { [.interval(SettingWords.interval($0, metric))] } ?? []),
          style: utility.differsFromReference(standing.strategy, setting.grid) ? "n strong" : "n"),
        DataTable.Cell([strip], style: "strip-cell"), .number(Numbers.chance(standing.amongMany?.chanceFirst)),
        .number(Numbers.decimal(standing.meanRank, 1)),
      ], style: !setting.grid.isAchievable(standing.strategy) ? "oracle" : (isReference ? "reference" : ""))
  }

  private func coverage(_ standing: UtilityAnalysis.Standing) -> [Markup] {
    standing.isComplete
      ? [] : [.element("span", class: "flag", [RankingWords.coverage(standing.shifts, of: setting.grid.shifts.count)])]
  }
}

/// How a strategy is named at the head of a row.
enum StrategyName {
  static func markup(_ strategy: StrategyChoice, _ table: StrategyCatalogue) -> [Markup] {
    [.code(strategy.label)]
      + (table.has(.unachievable, strategy)
        ? [.element("span", class: "flag", [RankingWords.notAchievable])] : [])
  }
}
