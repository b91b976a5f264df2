import Core
import Sweeps

/// What was chosen: label noise and the analytic metrics, and the utilities that are not on the first page.
struct DataSection {
  let setting: SettingAnalysis
  let level: Int

  private enum Words {
    static let heading = Markup(english: "The chosen data, and other metrics", japanese: "選んだデータの性質と、その他の指標")
    static let explanation = Markup(
      english:
        "Measured on the subset itself or beside the utilities above. Descriptive metrics have no good side and name no winner.",
      japanese: "選んだデータそのもの、または上の指標とあわせて測った値です。記述的な指標には良し悪しがなく、首位も決めません。")
    static func caption(_ metric: Metric) -> Markup {
      let percent = metric.unit == .fraction ? Markup(english: ", percent", japanese: "（%）") : .empty
      let direction = direction(metric.direction)
      return Markup(
        english:
          "\(metric.shownTitle): \(metric.shownMeaning)\(percent). One row is one strategy, one column one way of collecting; means over seeds. \(direction)",
        japanese:
          "\(metric.shownTitle)：\(metric.shownMeaning)\(percent)。1行が1つの選び方、1列が1つの集め方で、シードの平均です。\(direction)")
    }
    static func direction(_ direction: Metric.Direction) -> Markup {
      switch direction {
      case .higherIsBetter: Markup(english: "Higher is better.", japanese: "大きいほど良い指標です。")
      case .lowerIsBetter: Markup(english: "Lower is better.", japanese: "小さいほど良い指標です。")
      case .descriptive:
        Markup(english: "Neither high nor low is better as such.", japanese: "大小そのものに良し悪しはありません。")
      }
    }
    static let all = Markup(english: "all", japanese: "全体")
  }

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
    return [.heading(level, Words.heading), .paragraph(Words.explanation), .element("div", class: "folds", tables)]
  }

  private func table(_ metric: Metric) -> DataTable {
    let present = grid.strategies.indices.filter { grid.mean(metric.name, $0) != nil }
    return DataTable(
      caption: Words.caption(metric), corner: SettingWords.strategy,
      columns: grid.shifts.map { .init(.code($0)) } + [.init(Words.all)],
      rows: present.map { strategy in
        DataTable.Row(
          StrategyName.markup(grid.strategies[strategy]),
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
