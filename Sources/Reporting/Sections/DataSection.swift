import Sweeps

/// What was chosen: label noise and the analytic metrics, and the utilities that are not on the first page.
struct DataSection {
  let setting: SettingAnalysis
  let level: Int

  private var grid: Grid { setting.grid }

  var markup: [Markup] {
    let metrics = setting.metrics([.data, .utility, .calibration, .cost])
    guard !metrics.isEmpty else { return [] }
    // Label noise explains most of the differences between ways of collecting: it is the one that is open.
    let first = metrics.filter { $0.name == "data.label-noise" }
    let rest = metrics.filter { $0.name != "data.label-noise" }
    let tables =
      first.map { Markup.details($0.shownTitle, [table($0).markup], isOpen: true) }
      + rest.map { Markup.details($0.shownTitle, [table($0).markup]) }
    return [
      .heading(level, DataWords.heading), .paragraph(DataWords.explanation), .element("div", class: "folds", tables),
    ]
  }

  private func table(_ metric: Metric) -> DataTable {
    let present = grid.strategies.indices.filter { grid.mean(metric.name, $0) != nil }
    return DataTable(
      caption: DataWords.caption(metric), corner: SettingWords.strategy,
      columns: grid.shifts.map { .init(.code($0)) } + [.init(DataWords.all)],
      rows: present.map { strategy in
        DataTable.Row(
          StrategyName.markup(grid.strategies[strategy], grid.strategyTable),
          grid.shifts.indices.map { shift in
            number(grid.mean(metric.name, strategy, shift: shift), metric, strategy, shift)
          } + [.number(Numbers.value(grid.mean(metric.name, strategy), of: metric, bare: true), style: "strong")])
      }, style: "matrix")
  }

  private func number(_ value: Double?, _ metric: Metric, _ strategy: Int, _ shift: Int) -> DataTable.Cell {
    let text = Numbers.value(value, of: metric, bare: true)
    guard value != nil else { return .number(text) }
    return DataTable.Cell([.traced(text, to: Anchor.trials(grid, strategy, shift: shift))], style: "n")
  }
}
