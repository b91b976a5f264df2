import Statistics

/// The pools against each other: what `random` gets from each for the same money.
struct CollectingTable {
  let setting: SettingAnalysis
  let currency: String

  private var grid: Grid { setting.grid }

  var markup: [Markup] {
    guard let reference = grid.reference, let first = setting.utilities.first else { return [] }
    let order = grid.shifts.indices.sorted { left, right in
      let sign = UtilityAnalysis.sign(first.metric)
      let (mine, other) = (value(first, reference, left, sign), value(first, reference, right, sign))
      return mine == other ? left < right : mine > other
    }
    let columns =
      [DataTable.Column(CollectingWords.items), DataTable.Column(CollectingWords.noise)]
      + setting.utilities.map { DataTable.Column($0.metric.shownTitle) } + [
        DataTable.Column(CollectingWords.best, isNumber: false)
      ]
    let table = DataTable(
      caption: CollectingWords.caption(SettingWords.title(setting.setting, currency: currency)),
      corner: SettingWords.wayOfCollecting, columns: columns,
      rows: order.map { shift in
        DataTable.Row([.code(grid.shifts[shift])], cells(reference, shift) + [best(first, shift)])
      })
    return (sentence(first, reference, order).map { [.paragraph($0)] } ?? []) + [table.markup]
  }

  private func value(_ utility: UtilityAnalysis, _ strategy: Int, _ shift: Int, _ sign: Double) -> Double {
    utility.cells[strategy][shift].map { sign * $0.mean } ?? -.infinity
  }

  private func cells(_ reference: Int, _ shift: Int) -> [DataTable.Cell] {
    let items = Grid.mean(grid.results(reference, shift: shift).map { Double($0.values.items) })
    return [
      .number(Numbers.decimal(items, 0)),
      .number(Numbers.percentage(grid.mean("data.label-noise", reference, shift: shift))),
    ]
      + setting.utilities.map { utility in
        guard let mean = utility.cells[reference][shift]?.mean else { return .number(Numbers.missing) }
        let text = Numbers.value(mean, of: utility.metric, bare: true)
        return DataTable.Cell([.traced(text, to: Anchor.trials(grid, reference, shift: shift))], style: "n")
      }
  }

  private func best(_ utility: UtilityAnalysis, _ shift: Int) -> DataTable.Cell {
    let ranked = utility.standings.map(\.strategy).filter { !grid.strategies[$0].isOracle }
      .compactMap { strategy in utility.cells[strategy][shift].map { (strategy: strategy, cell: $0) } }
    let sign = UtilityAnalysis.sign(utility.metric)
    guard let best = ranked.max(by: { sign * $0.cell.mean < sign * $1.cell.mean }) else {
      return .text(Numbers.missing)
    }
    let lead = best.cell.difference.map { " " + Numbers.difference($0.difference, of: utility.metric) } ?? ""
    return DataTable.Cell([.code(setting.name(best.strategy)), .text(lead)], style: "name")
  }

  private func sentence(_ utility: UtilityAnalysis, _ reference: Int, _ order: [Int]) -> Markup? {
    guard order.count > 1, let first = utility.cells[reference][order[0]], utility.cells[reference][order[1]] != nil,
      let lead = Comparison(
        grid, utility.metric, Row(strategy: reference, shifts: [order[1]]),
        Row(strategy: reference, shifts: [order[0]]))
    else { return nil }
    let pools = Decisions(
      grid, utility.metric, grid.shifts.indices.map { Row(strategy: reference, shifts: [$0]) })
    let isClear = pools.differ(order[0], order[1]) || lead.interval == nil
    return CollectingWords.sentence(
      first: grid.shifts[order[0]], value: Numbers.value(first.mean, of: utility.metric), second: grid.shifts[order[1]],
      lead: SettingWords.difference(lead, utility.metric), isClear: isClear)
  }
}
