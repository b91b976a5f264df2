import Economics
import Statistics

/// How far the order by accuracy per currency unit depends on the prices.
struct PriceSection {
  let setting: SettingAnalysis
  let currency: String
  let level: Int

  var markup: [Markup] {
    // With several budgets prices are judged at the same budget, among what the order depends on.
    guard let utility = setting.utilities.first, utility.metric.unit == .fraction, setting.stability?.prices == nil
    else {
      return []
    }
    let grid = setting.grid
    let eligible = utility.contenders.map(\.strategy).sorted().filter { strategy in
      (grid.mean(utility.metric.name, strategy) ?? 0) > 0 && grid.meanSpending(strategy).contains { $0 > 0 }
    }
    guard eligible.count > 1 else { return [] }
    let utilities = eligible.map { grid.mean(utility.metric.name, $0) ?? 0 }
    let spending = eligible.map { grid.meanSpending($0) }
    let sensitivity = PriceSensitivity(utilities: utilities, spending: spending, seed: 0)
    let title = SettingWords.inSentence(utility.metric)
    let values = zip(utilities, spending).map { $0 * 100 / $1.reduce(0, +) }
    return [
      .heading(level, PriceWords.heading), .paragraph(PriceWords.explanation(title, currency)),
      .paragraph(.sentences([sentence(sensitivity, eligible), concordance(sensitivity)].compactMap { $0 })),
      .details(
        PriceWords.table,
        [table(eligible, values, sensitivity, title).markup]),
    ]
  }

  private func sentence(_ sensitivity: PriceSensitivity, _ strategies: [Int]) -> Markup {
    let first = PriceWords.first(setting.name(strategies[sensitivity.winner]))
    guard let breakEven = sensitivity.breakEven else { return .sentences([first, PriceWords.noBreakEven]) }
    let item = PriceItem.allCases[breakEven.item]
    let successor = setting.name(strategies[breakEven.successor])
    return .sentences([first, PriceWords.breakEven(item, Numbers.score(breakEven.ratio), successor)])
  }

  private func concordance(_ sensitivity: PriceSensitivity) -> Markup? {
    let taus = sensitivity.concordance
    guard !taus.isEmpty else { return nil }
    return PriceWords.concordance(
      Numbers.decimal(Descriptive.quantile(0.5, ofSorted: taus), 2),
      Numbers.decimal(Descriptive.quantile(0.05, ofSorted: taus), 2))
  }

  private func table(_ strategies: [Int], _ values: [Double], _ sensitivity: PriceSensitivity, _ title: Markup)
    -> DataTable
  {
    let order = strategies.indices.sorted { (-values[$0], $0) < (-values[$1], $1) }
    return DataTable(
      caption: PriceWords.caption(title, currency), corner: SettingWords.strategy,
      columns: PriceWords.columns(currency).map { .init($0) },
      rows: order.map { index in
        DataTable.Row(
          StrategyName.markup(setting.grid.strategies[strategies[index]], setting.grid.strategyTable),
          [.number(Numbers.score(values[index])), .number(Numbers.chance(sensitivity.firstPlace[index]))])
      })
  }
}
