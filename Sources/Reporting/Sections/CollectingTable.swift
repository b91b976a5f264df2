import Statistics

/// The pools against each other: what `random` gets from each for the same money.
struct CollectingTable {
  let setting: SettingAnalysis
  let currency: String
  /// What the sentence rests on.
  let fact: Fact?

  private var grid: Grid { setting.grid }

  var markup: [Markup] {
    guard let reference = grid.reference, let first = setting.utilities.first else { return [] }
    let columns =
      [DataTable.Column(CollectingWords.items), DataTable.Column(CollectingWords.noise)]
      + setting.utilities.map { DataTable.Column($0.metric.shownTitle) } + [
        DataTable.Column(CollectingWords.best, isNumber: false)
      ]
    let table = DataTable(
      caption: CollectingWords.caption(SettingWords.title(setting.setting, currency: currency), first.metric),
      corner: SettingWords.wayOfCollecting, columns: columns,
      rows: order.map { shift in
        let (name, lead) = best(shift)
        return DataTable.Row(
          [.code(grid.shifts[shift])],
          cells(reference, shift) + [DataTable.Cell([.code(name), .text(lead)], style: "name")])
      })
    return (sentence.map { [.paragraph(.stated(fact, $0))] } ?? []) + [table.markup]
  }

  /// The best way of collecting first, those without a value last.
  private var order: [Int] {
    let ranked = setting.collecting?.order ?? []
    return ranked + grid.shifts.indices.filter { !ranked.contains($0) }
  }

  /// The same for a terminal.
  func text(_ language: Language) -> TextTable? {
    guard let reference = grid.reference, !setting.utilities.isEmpty, grid.shifts.count > 1 else { return nil }
    func column(_ heading: Markup, isFlushRight: Bool = true, _ cell: (Int) -> String) -> TextTable.Column {
      TextTable.Column(
        heading: heading.plainText(in: language), isFlushRight: isFlushRight, cells: order.map(cell))
    }
    let numbers = setting.utilities.map { utility in
      column(utility.metric.shownTitle) { shift in
        Numbers.value(utility.cells[reference][shift]?.mean, of: utility.metric, bare: true)
      }
    }
    return TextTable(
      names: TextTable.Column(
        heading: TerminalWords.collecting.plainText(in: language), cells: order.map { grid.shifts[$0] }),
      columns: [
        column(CollectingWords.items) { items(reference, $0) }, column(CollectingWords.noise) { noise(reference, $0) },
      ] + numbers + [
        column(CollectingWords.best, isFlushRight: false) { shift in
          let (name, lead) = best(shift)
          return name + lead
        }
      ])
  }

  private func items(_ reference: Int, _ shift: Int) -> String {
    Numbers.decimal(Grid.mean(grid.results(reference, shift: shift).map { Double($0.values.items) }), 0)
  }

  private func noise(_ reference: Int, _ shift: Int) -> String {
    Numbers.percentage(grid.mean("data.label-noise", reference, shift: shift))
  }

  private func cells(_ reference: Int, _ shift: Int) -> [DataTable.Cell] {
    [.number(items(reference, shift)), .number(noise(reference, shift))]
      + setting.utilities.map { utility in
        guard let mean = utility.cells[reference][shift]?.mean else { return .number(Numbers.missing) }
        let text = Numbers.value(mean, of: utility.metric, bare: true)
        return DataTable.Cell([.traced(text, to: Anchor.trials(grid, reference, shift: shift))], style: "n")
      }
  }

  /// The best way of choosing there by the first utility, and its difference to random.
  private func best(_ shift: Int) -> (name: String, lead: String) {
    let utility = setting.utilities[0]
    let ranked = utility.standings.map(\.strategy).filter { grid.isAchievable($0) }
      .compactMap { strategy in utility.cells[strategy][shift].map { (strategy: strategy, cell: $0) } }
    let sign = UtilityAnalysis.sign(utility.metric)
    guard let best = ranked.max(by: { sign * $0.cell.mean < sign * $1.cell.mean }) else {
      return (Numbers.missing, "")
    }
    let lead = best.cell.difference.map { " " + Numbers.difference($0.difference, of: utility.metric) } ?? ""
    return (setting.name(best.strategy), lead)
  }

  private var sentence: Markup? {
    guard let found = setting.collecting, let lead = found.lead,
      let first = setting.utilities[0].cells[found.reference][found.order[0]]
    else { return nil }
    return CollectingWords.sentence(
      metric: found.metric, first: grid.shifts[found.order[0]], value: Numbers.value(first.mean, of: found.metric),
      second: grid.shifts[found.order[1]], lead: SettingWords.difference(lead, found.metric),
      isClear: found.isDecided || lead.interval == nil)
  }
}
