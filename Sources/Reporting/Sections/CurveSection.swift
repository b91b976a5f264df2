import Core
import Sweeps

/// Utility against cost over several budgets, under one pair of settings.
struct CurveSection {
  /// Settings that differ in their budget only, the smallest first.
  let settings: [SettingAnalysis]
  let currency: String

  private enum Words {
    static let heading = Markup(english: "Utility against cost", japanese: "費用と指標の関係")
    static func heading(_ setting: Setting) -> Markup {
      let (sizing, length) = (SettingWords.sizing(setting.sizing), SettingWords.length(setting.trainingLength))
      return Markup(english: "\(heading): \(sizing), \(length)", japanese: "\(heading)：\(sizing)、\(length)")
    }
    static let explanation = Markup(
      english:
        "Means over all ways of collecting and seeds. The best strategy at the largest budget is drawn thick, \(code: "random") dashed.",
      japanese: "すべての集め方とシードの平均です。最大の予算で最も良い選び方を太線、\(code: "random") を破線で描きます。")
    static func title(_ metric: Metric) -> Markup {
      Markup(english: "\(metric.shownTitle) against money spent", japanese: "支出と\(metric.shownTitle)の関係")
    }
    static func description(_ lines: Int, _ budgets: Int) -> Markup {
      Markup(
        english: "\(lines) strategies at \(budgets) budgets. The tables of each budget give the numbers.",
        japanese: "\(lines)通りの選び方を\(budgets)通りの予算で比べています。数値は各予算の表にあります。")
    }
    static func spent(_ currency: String) -> Markup {
      Markup(english: "Spent per trial, \(currency)", japanese: "1試行あたりの支出（\(currency)）")
    }
    static func caption(_ metric: Metric) -> Markup {
      Markup(
        english:
          "\(metric.shownTitle)\(SettingWords.percent(metric)). One row is one strategy; one column is one budget.",
        japanese: "\(metric.shownTitle)\(SettingWords.percent(metric))。1行が1つの選び方、1列が1つの予算です。")
    }
  }

  /// One section for every sizing and training length with several budgets.
  static func all(_ settings: [SettingAnalysis], currency: String) -> [Markup] {
    struct Kind: Hashable {
      let sizing: Sizing
      let length: TrainingLength
    }
    let kinds = Dictionary(grouping: settings.filter { !$0.utilities.isEmpty }) { setting in
      Kind(sizing: setting.setting.sizing, length: setting.setting.trainingLength)
    }
    return kinds.values.filter { $0.count > 1 }.sorted { $0[0].setting < $1[0].setting }.enumerated().map {
      index, group in
      CurveSection(settings: group, currency: currency).markup(id: "curves\(index == 0 ? "" : "-\(index + 1)")")
    }
  }

  private func markup(id: String) -> Markup {
    let metrics = settings[settings.count - 1].utilities.map(\.metric)
    let figures = metrics.map { figure($0) }
    return .element(
      "section", ["id": id],
      [
        .heading(2, Words.heading(settings[0].setting)), .paragraph(Words.explanation),
        .element("div", class: "pair", figures),
      ])
  }

  private func figure(_ metric: Metric) -> Markup {
    let last = settings[settings.count - 1]
    let leader = last.utilities.first { $0.metric == metric }?.winner.map { last.name($0.strategy) }
    let scale = metric.unit == .fraction ? 100.0 : 1
    let lines = last.grid.strategies.indices.map { index in
      let strategy = last.grid.strategies[index]
      let points = settings.compactMap { setting -> (x: Double, y: Double)? in
        guard let row = setting.grid.strategies.firstIndex(of: strategy),
          let mean = setting.grid.mean(metric.name, row),
          let cost = Grid.mean(setting.grid.results(row).map { $0.values.ledger.total.amount })
        else { return nil }
        return (cost, mean * scale)
      }
      let style = strategy.label == leader ? "leader" : (strategy.isReference ? "reference" : "")
      return CurvePlot.Line(name: strategy.label, points: points, style: style)
    }
    let frame = PlotFrame(
      xValues: lines.flatMap { $0.points.map(\.x) }, yValues: lines.flatMap { $0.points.map(\.y) },
      xTitle: Words.spent(currency), yTitle: SettingWords.axis(metric),
      leastXSpan: 1e-6, leastYSpan: 0.1, labelSpace: 96)
    let plot = CurvePlot(lines: lines, frame: frame)
      .markup(title: Words.title(metric), description: Words.description(lines.count, settings.count))
    let numbers = CurveAnalysis(settings.map(\.grid), metric).map {
      CurveNumbers(analysis: $0, currency: currency).markup
    }
    return .element("figure", [:], [plot, table(metric).markup] + (numbers ?? []))
  }

  private func table(_ metric: Metric) -> DataTable {
    let grid = settings[settings.count - 1].grid
    return DataTable(
      caption: Words.caption(metric), corner: SettingWords.strategy,
      columns: settings.map { .init(.text(SettingWords.money($0.setting.budget, currency))) },
      rows: grid.strategies.map { strategy in
        DataTable.Row(
          StrategyName.markup(strategy),
          settings.map { setting in
            let row = setting.grid.strategies.firstIndex(of: strategy)
            let mean = row.flatMap { setting.grid.mean(metric.name, $0) }
            return .number(Numbers.value(mean, of: metric, bare: true))
          })
      })
  }
}
