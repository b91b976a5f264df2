import Core
import Sweeps

/// All shifts together: a table a utility, with the differences to the reference as strips.
struct RankingSection {
  let setting: SettingAnalysis
  let level: Int

  private enum Words {
    static let heading = Markup(english: "Overall ranking", japanese: "総合順位")
    static let explanation = Markup(
      english:
        "All ways of collecting together, best first. The strip shows the difference to \(code: "random") with its 95\u{A0}% paired-bootstrap interval; a filled mark means that the interval leaves out 0, a hollow one that it does not, an arrow that it lies beyond the strip. “First” is how often a strategy comes first when seeds are resampled, “rank” its mean rank over the ways of collecting.",
      japanese:
        "すべての集め方をまとめ、良い順に並べています。帯は \(code: "random") との差と、対応のあるブートストラップによる95\u{A0}%信頼区間です。塗りつぶした印は区間が0を含まないこと、白抜きの印は含むこと、矢印は帯の外にあることを表します。「首位の割合」はシードを再抽出したときに首位になる割合、「順位」は集め方ごとの順位の平均です。"
    )
    static func caption(_ metric: Metric) -> Markup {
      Markup(
        english:
          "\(metric.shownTitle): \(metric.shownMeaning). One row is one strategy; means over all trials\(SettingWords.percent(metric)).",
        japanese:
          "\(metric.shownTitle)：\(metric.shownMeaning)。1行が1つの選び方で、すべての試行の平均\(SettingWords.percent(metric))です。")
    }
    static func strip(_ name: String, _ difference: Markup) -> Markup {
      Markup(english: "\(name): \(difference) against random", japanese: "\(name)：無作為購入との差 \(difference)")
    }
    static let reference = Markup(english: "reference", japanese: "基準")
    static func coverage(_ shifts: Int, of all: Int) -> Markup {
      Markup(english: "\(shifts) of \(all) ways", japanese: "\(all)通り中\(shifts)通り")
    }
    static let columns = [
      Markup(english: "Mean", japanese: "平均"), Markup(english: "To random", japanese: "無作為との差"), .empty,
      Markup(english: "First", japanese: "首位の割合"), Markup(english: "Rank", japanese: "順位"),
    ]
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
      caption: Words.caption(metric), corner: SettingWords.strategy,
      columns: Words.columns.map { DataTable.Column($0, isNumber: $0 != .empty) },
      rows: zip(utility.standings, items).map { standing, item in
        row(standing, metric, strip.markup(item, title: title(standing, metric)))
      }, style: "ranking", id: Anchor.ranking(setting.setting, metric))
  }

  private static func item(_ comparison: Comparison, _ metric: Metric) -> IntervalStrip.Item {
    IntervalStrip.Item(
      difference: comparison.difference, interval: comparison.interval?.percentile, isClear: comparison.leavesOutZero,
      isBetter: comparison.difference * UtilityAnalysis.sign(metric) >= 0)
  }

  private func title(_ standing: UtilityAnalysis.Standing, _ metric: Metric) -> Markup {
    guard let difference = standing.difference else { return Words.reference }
    return Words.strip(setting.name(standing.strategy), SettingWords.difference(difference, metric))
  }

  private func row(_ standing: UtilityAnalysis.Standing, _ metric: Metric, _ strip: Markup) -> DataTable.Row {
    let strategy = setting.grid.strategies[standing.strategy]
    let difference = standing.difference
    return DataTable.Row(
      StrategyName.markup(strategy) + coverage(standing),
      [
        DataTable.Cell(
          [
            .traced(
              Numbers.value(standing.mean, of: metric, bare: true), to: Anchor.trials(setting.grid, standing.strategy))
          ], style: "n"),
        DataTable.Cell(
          [
            line(
              "delta",
              strategy.isReference
                ? Words.reference : .text(Numbers.difference(difference?.difference, of: metric))),
            line("interval", difference?.interval.map { SettingWords.interval($0.percentile, metric) } ?? .empty),
          ], style: difference?.leavesOutZero == true ? "n two strong" : "n two"),
        DataTable.Cell([strip], style: "strip-cell"), .number(Numbers.chance(standing.chanceFirst)),
        .number(Numbers.decimal(standing.meanRank, 1)),
      ], style: strategy.isOracle ? "oracle" : (strategy.isReference ? "reference" : ""))
  }

  private func coverage(_ standing: UtilityAnalysis.Standing) -> [Markup] {
    standing.isComplete
      ? [] : [.element("span", class: "flag", [Words.coverage(standing.shifts, of: setting.grid.shifts.count)])]
  }

  private func line(_ style: String, _ text: Markup) -> Markup { .element("span", class: style, [text]) }
}

/// How a strategy is named at the head of a row.
enum StrategyName {
  static func markup(_ strategy: StrategyChoice) -> [Markup] {
    [.code(strategy.label)] + (strategy.isOracle ? [.element("span", class: "flag", [oracle])] : [])
  }

  private static let oracle = Markup(english: "not achievable", japanese: "実現不可能")
}
