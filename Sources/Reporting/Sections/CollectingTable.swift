import Core

/// The pools against each other: what `random` gets from each for the same money.
struct CollectingTable {
  let setting: SettingAnalysis
  let currency: String

  private enum Words {
    static let items = Markup(english: "Images bought", japanese: "購入枚数")
    static let noise = Markup(english: "Wrong labels", japanese: "誤ったラベル")
    static let best = Markup(english: "Best strategy", japanese: "最良の選び方")
    static func caption(_ setting: Markup) -> Markup {
      Markup(
        english:
          "Ways of collecting at \(setting). One row is one pool, bought at random: images bought, wrong labels among them, and the mean of each utility in percent. The last column names the strategy with the best accuracy there and its difference to random.",
        japanese:
          "\(setting)での集め方の比較。1行が1つの候補プールで、無作為に購入した場合の購入枚数、そのうちの誤ったラベル、各指標の平均（%）を示します。最後の列は、そこで正解率が最も高い選び方と、無作為購入との差です。"
      )
    }
    static func sentence(first: String, value: String, second: String, lead: Markup, isClear: Bool) -> Markup {
      let doubt = isClear ? .empty : Markup(english: ", which is not separable from 0", japanese: "、ただし差があるとは言い切れません")
      return Markup(
        english:
          "Bought at random for the same money, \(code: first) gives the most: \(strong: value). Next comes \(code: second) at \(lead)\(doubt).",
        japanese:
          "同じ金額で無作為に購入した場合、最も良いのは \(code: first) の\(strong: value)です。次は \(code: second) で、差は\(lead)です\(doubt)。")
    }
  }

  private var grid: Grid { setting.grid }

  var markup: [Markup] {
    guard let reference = grid.reference, let first = setting.utilities.first else { return [] }
    let order = grid.shifts.indices.sorted { left, right in
      let sign = UtilityAnalysis.sign(first.metric)
      let (mine, other) = (value(first, reference, left, sign), value(first, reference, right, sign))
      return mine == other ? left < right : mine > other
    }
    let columns =
      [DataTable.Column(Words.items), DataTable.Column(Words.noise)]
      + setting.utilities.map { DataTable.Column($0.metric.shownTitle) } + [
        DataTable.Column(Words.best, isNumber: false)
      ]
    let table = DataTable(
      caption: Words.caption(SettingWords.title(setting.setting, currency: currency)),
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
        Row(strategy: reference, shifts: [order[0]]),
        setting.resamples)
    else { return nil }
    let isClear = lead.leavesOutZero || lead.interval == nil
    return Words.sentence(
      first: grid.shifts[order[0]], value: Numbers.value(first.mean, of: utility.metric), second: grid.shifts[order[1]],
      lead: SettingWords.difference(lead, utility.metric), isClear: isClear)
  }
}
