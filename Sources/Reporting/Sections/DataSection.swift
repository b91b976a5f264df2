import Sweeps

/// What was chosen: label noise and the analytic metrics, and the utilities that are not on the first page.
struct DataSection {
  let setting: SettingAnalysis
  let level: Int

  private var grid: Grid { setting.grid }

  var markup: [Markup] {
    // What likeness was counted by stands beside what was counted.
    let metrics = setting.metrics([.data, .utility, .calibration, .cost])
      .filter { $0.role != .likenessThreshold && $0.role != .likenessChance }
    guard !metrics.isEmpty else { return [] }
    // Label noise explains most of the differences between ways of collecting: it is the one that is open.
    let first = metrics.filter { $0.role == .labelNoise }
    let rest = metrics.filter { $0.role != .labelNoise }
    let tables =
      first.map { Markup.details($0.shownTitle, [table($0).markup], isOpen: true) }
      + rest.map { Markup.details($0.shownTitle, note($0) + [table($0).markup]) }
    return [
      .heading(level, DataWords.heading), .paragraph(DataWords.explanation), .element("div", class: "folds", tables),
    ]
  }

  /// Above which cosine it was counted, and what chance alone gives there.
  private func note(_ metric: Metric) -> [Markup] {
    guard metric.role == .likeness else { return [] }
    func mean(_ role: Metric.Role) -> Double? { Grid.mean(grid.strategies.indices.compactMap { grid.mean(role, $0) }) }
    let note = mean(.likenessThreshold).map { threshold in
      DataWords.likeness(
        above: Numbers.decimal(threshold, 4), by: Numbers.percent(mean(.likenessChance)))
    }
    return [.paragraph(note ?? DataWords.uncalibrated, class: "note")]
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
