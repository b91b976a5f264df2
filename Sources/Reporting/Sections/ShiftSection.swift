import Sweeps

/// Strategy × shift, a table a utility, shaded by the difference to the reference.
struct ShiftSection {
  let setting: SettingAnalysis
  let level: Int

  var markup: [Markup] {
    let tables = setting.utilities.enumerated().map { index, utility in
      Markup.details(utility.metric.shownTitle, [table(utility).markup], isOpen: index == 0)
    }
    return [
      .heading(level, ShiftWords.heading), .paragraph(ShiftWords.explanation), .element("div", class: "folds", tables),
    ]
  }

  private func table(_ utility: UtilityAnalysis) -> DataTable {
    let metric = utility.metric
    let sign = UtilityAnalysis.sign(metric)
    let all = utility.cells.flatMap { $0.compactMap { $0?.difference?.difference } }
    let largest = RobustScale.largest(all)
    return DataTable(
      caption: ShiftWords.caption(metric), corner: SettingWords.strategy,
      columns: setting.grid.shifts.map { .init(.code($0)) },
      rows: utility.standings.map { standing in
        let strategy = setting.grid.strategies[standing.strategy]
        return DataTable.Row(
          StrategyName.markup(strategy, setting.grid.strategyTable),
          utility.cells[standing.strategy].enumerated().map { shift, found in
            let trials = Anchor.trials(setting.grid, standing.strategy, shift: shift)
            return cell(found, metric, sign: sign, largest: largest, trials: trials)
          },
          style: setting.grid.isAchievable(standing.strategy) ? "" : "oracle")
      }, style: "heat", id: Anchor.shifts(setting.setting, metric))
  }

  private func cell(
    _ cell: UtilityAnalysis.Cell?, _ metric: Metric, sign: Double, largest: Double, trials: String
  ) -> DataTable.Cell {
    guard let cell else { return .number(Numbers.missing) }
    var lines = [Markup.traced(Numbers.value(cell.mean, of: metric, bare: true), to: trials)]
    guard let difference = cell.difference else { return DataTable.Cell(lines, style: "n") }
    let merit = sign * difference.difference
    let mark = cell.isDecided ? (merit > 0 ? " ▲" : " ▼") : ""
    lines.append(.delta(.text(Numbers.difference(difference.difference, of: metric) + mark)))
    if let interval = difference.interval {
      lines.append(.interval(SettingWords.interval(interval, metric)))
    }
    return DataTable.Cell(lines, style: "n " + Heat.style(merit, largest: largest))
  }
}

/// Shades of better and worse.
enum Heat {
  /// The class of a shade: `up1`…`up3` for better, `down1`…`down3` for worse, none near 0.
  static func style(_ merit: Double, largest: Double) -> String {
    guard largest > 0, merit.isFinite else { return "flat" }
    let level = Int((abs(merit) / largest * 3.5).rounded(.down))
    return level == 0 ? "flat" : "\(merit > 0 ? "up" : "down")\(min(level, 3))"
  }
}
