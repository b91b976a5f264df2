import Economics

/// What the money went into.
struct LedgerSection {
  let setting: SettingAnalysis
  let currency: String
  let level: Int

  /// Groups of price items that are shown as one part of a bar.
  enum Part: Int, CaseIterable {
    case obtain, label, score, train, store

    init(_ item: PriceItem) {
      switch item {
      case .look, .acquire, .photograph, .retrieve, .generate, .reference, .setup: self = .obtain
      case .labelExpert, .labelCrowd: self = .label
      case .score: self = .score
      case .train: self = .train
      case .store: self = .store
      }
    }
  }

  private var grid: Grid { setting.grid }
  private var present: [Int] { grid.strategies.indices.filter { !grid.results($0).isEmpty } }

  var markup: [Markup] {
    [
      .heading(level, LedgerWords.heading), .paragraph(LedgerWords.explanation), legend, table.markup,
      .details(LedgerWords.byShift, [items.markup]),
    ]
  }

  /// Purposes and parts that cost anything in this setting.
  private var parts: [(purpose: Ledger.Purpose, part: Part)] {
    let spent = Set(present.flatMap { grid.results($0).flatMap { $0.values.ledger.entries.map(Entry.init) } })
    return Ledger.Purpose.allCases.flatMap { purpose in Part.allCases.map { Entry(purpose: purpose, part: $0) } }
      .filter { spent.contains($0) }.map { ($0.purpose, $0.part) }
  }

  private struct Entry: Hashable {
    let purpose: Ledger.Purpose
    let part: Part

    init(purpose: Ledger.Purpose, part: Part) {
      self.purpose = purpose
      self.part = part
    }

    init(_ entry: Ledger.Entry) { self.init(purpose: entry.purpose, part: Part(entry.item)) }
  }

  private var table: DataTable {
    let most =
      present.compactMap { strategy in Grid.mean(grid.results(strategy).map { $0.values.ledger.total.amount }) }.max()
      ?? 0
    let full = max(most, setting.setting.budget.amount)
    return DataTable(
      caption: LedgerWords.caption(currency), corner: SettingWords.strategy,
      columns: [.init(.empty, isNumber: false)] + LedgerWords.columns.map { .init($0) }
        + parts.map { .init(LedgerWords.name($0.part, $0.purpose)) },
      rows: present.map { strategy in
        let amounts = parts.map { amount(strategy, $0.purpose, $0.part) }
        return DataTable.Row(
          StrategyName.markup(grid.strategies[strategy], grid.strategyTable),
          [DataTable.Cell([bar(strategy, amounts, full)], style: "strip-cell")] + totals(strategy)
            + amounts.map { .number($0 > 0 ? Numbers.amount($0) : Numbers.missing) })
      }, style: "ledger", id: Anchor.ledger(setting.setting))
  }

  private func amount(_ strategy: Int, _ purpose: Ledger.Purpose, _ part: Part) -> Double {
    Grid.mean(
      grid.results(strategy).map { result in
        result.values.ledger.entries.filter { $0.purpose == purpose && Part($0.item) == part }
          .reduce(Money.zero) { $0 + $1.total }.amount
      }) ?? 0
  }

  private func bar(_ strategy: Int, _ amounts: [Double], _ full: Double) -> Markup {
    let pieces = zip(parts, amounts).map { part, amount in
      StackedBar.Part(
        amount: amount, colour: part.part.rawValue, isHatched: part.purpose == .selection,
        title: LedgerWords.amount(LedgerWords.name(part.part, part.purpose), "\(Numbers.amount(amount)) \(currency)"))
    }
    let spoken = pieces.filter { $0.amount > 0 }.map(\.title)
    return StackedBar.markup(pieces, full: full, title: LedgerWords.bar(setting.name(strategy), spoken))
  }

  private func totals(_ strategy: Int) -> [DataTable.Cell] {
    let results = grid.results(strategy)
    return [
      .number(Numbers.decimal(Grid.mean(results.map { Double($0.values.items) }), 0)),
      .number(Numbers.decimal(Grid.mean(results.map { Double($0.values.candidates) }), 0)),
      .number(Numbers.amount(Grid.mean(results.map { $0.values.ledger.total(for: .selection).amount }))),
      DataTable.Cell(
        [
          .traced(
            Numbers.amount(Grid.mean(results.map { $0.values.ledger.total.amount })), to: Anchor.trials(grid, strategy))
        ], style: "n"),
    ]
  }

  private var items: DataTable {
    DataTable(
      caption: LedgerWords.itemsCaption, corner: SettingWords.strategy, columns: grid.shifts.map { .init(.code($0)) },
      rows: present.map { strategy in
        DataTable.Row(
          StrategyName.markup(grid.strategies[strategy], grid.strategyTable),
          grid.shifts.indices.map { shift in
            let results = grid.results(strategy, shift: shift)
            guard let items = Grid.mean(results.map { Double($0.values.items) }) else {
              return .number(Numbers.missing)
            }
            let share = Grid.mean(
              results.map { result in
                let ledger = result.values.ledger
                return ledger.total == .zero ? 0 : ledger.total(for: .selection).amount / ledger.total.amount
              })
            return DataTable.Cell(
              [
                .text(Numbers.decimal(items, 0)),
                .delta(.text(Numbers.percent(share))),
              ], style: "n")
          })
      }, style: "heat")
  }

  private var legend: Markup {
    .element(
      "ul", class: "legend",
      parts.map { purpose, part in
        let styles = ["part p\(part.rawValue)"] + (purpose == .selection ? ["hatch"] : [])
        let swatches = styles.map { style in
          Markup.element(
            "rect", ["class": style, "width": "14", "height": "14", style == "hatch" ? "fill" : "": "url(#hatch)"])
        }
        return .element(
          "li", [:],
          [
            .element("svg", ["class": "key", "width": "14", "height": "14", "aria-hidden": "true"], swatches),
            LedgerWords.name(part, purpose),
          ])
      })
  }
}
