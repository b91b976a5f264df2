import Sweeps

/// Utility against cost over several budgets, under one pair of settings.
struct CurveSection {
  /// Settings that differ in their budget only, the smallest first.
  let settings: [SettingAnalysis]
  let currency: String

  /// One section for every kind of setting with several budgets.
  static func all(_ settings: [SettingAnalysis], currency: String) -> [Markup] {
    let kinds = Dictionary(grouping: settings.filter { !$0.utilities.isEmpty }, by: \.setting.kind)
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
        .heading(2, CurveWords.heading(settings[0].setting)), .paragraph(CurveWords.explanation),
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
      let style = strategy.label == leader ? "leader" : (index == last.grid.reference ? "reference" : "")
      return CurvePlot.Line(name: strategy.label, points: points, style: style)
    }
    let frame = PlotFrame(
      xValues: lines.flatMap { $0.points.map(\.x) }, yValues: lines.flatMap { $0.points.map(\.y) },
      xTitle: CurveWords.spent(currency), yTitle: SettingWords.axis(metric),
      leastXSpan: 1e-6, leastYSpan: 0.1, labelSpace: 96)
    let plot = CurvePlot(lines: lines, frame: frame)
      .markup(title: CurveWords.title(metric), description: CurveWords.description(lines.count, settings.count))
    let numbers = CurveAnalysis(settings.map(\.grid), metric).map {
      CurveNumbers(analysis: $0, currency: currency, strategyTable: last.grid.strategyTable).markup
    }
    return .element("figure", [:], [plot, table(metric).markup] + (numbers ?? []))
  }

  private func table(_ metric: Metric) -> DataTable {
    let grid = settings[settings.count - 1].grid
    return DataTable(
      caption: CurveWords.caption(metric), corner: SettingWords.strategy,
      columns: settings.map { .init(.text(SettingWords.money($0.setting.budget, currency))) },
      rows: grid.strategies.map { strategy in
        DataTable.Row(
          StrategyName.markup(strategy, grid.strategyTable),
          settings.map { setting in
            let row = setting.grid.strategies.firstIndex(of: strategy)
            let mean = row.flatMap { setting.grid.mean(metric.name, $0) }
            return .number(Numbers.value(mean, of: metric, bare: true))
          })
      })
  }
}
