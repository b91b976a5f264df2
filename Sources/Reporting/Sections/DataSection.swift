import Sweeps

/// What was chosen: label noise and the analytic metrics, and the utilities that are not on the first page.
struct DataSection {
  let setting: SettingAnalysis
  let level: Int

  private enum Words {
    static let heading = "The chosen data, and other metrics"
    static let explanation: Markup =
      "Measured on the subset itself or beside the utilities above. Descriptive metrics have no good side and name no winner."
    static func caption(_ metric: Metric) -> String {
      "\(metric.title): \(metric.meaning)\(metric.unit == .fraction ? ", percent" : ""). One row is one strategy, one column one way of collecting; means over seeds. \(direction(metric.direction))"
    }
    static func direction(_ direction: Metric.Direction) -> String {
      switch direction {
      case .higherIsBetter: "Higher is better."
      case .lowerIsBetter: "Lower is better."
      case .descriptive: "Neither high nor low is better as such."
      }
    }
    static let all = "all"
  }

  private var grid: Grid { setting.grid }

  var markup: [Markup] {
    let metrics = setting.metrics([.data, .utility, .calibration, .cost])
    guard !metrics.isEmpty else { return [] }
    // Label noise explains most of the differences between ways of collecting: it is the one that is open.
    let first = metrics.filter { $0.name == "data.label-noise" }
    let rest = metrics.filter { $0.name != "data.label-noise" }
    let tables =
      first.map { Markup.details($0.title, [table($0).markup], isOpen: true) }
      + rest.map { Markup.details($0.title, [table($0).markup]) }
    return [.heading(level, Words.heading), .paragraph(Words.explanation), .element("div", class: "folds", tables)]
  }

  private func table(_ metric: Metric) -> DataTable {
    let present = grid.strategies.indices.filter { grid.mean(metric.name, $0) != nil }
    return DataTable(
      caption: Words.caption(metric), corner: "Strategy",
      columns: grid.shifts.map { .init($0) } + [.init(Words.all)],
      rows: present.map { strategy in
        DataTable.Row(
          StrategyName.markup(grid.strategies[strategy]),
          grid.shifts.indices.map { shift in
            .number(Numbers.value(grid.mean(metric.name, strategy, shift: shift), of: metric, bare: true))
          } + [.number(Numbers.value(grid.mean(metric.name, strategy), of: metric, bare: true), style: "strong")])
      }, style: "matrix")
  }
}
