import Statistics
import Sweeps

/// How far the order by accuracy per currency unit depends on the prices.
struct PriceSection {
  let setting: SettingAnalysis
  let currency: String
  let level: Int

  private enum Words {
    static let heading = "If prices were different"
    static let table = "By strategy"
    static func explanation(_ metric: String, _ currency: String) -> Markup {
      "Every price is changed at random (log-normal, σ = 0.5, 1,000 times), what each strategy bought is charged again, and strategies are ranked by \(metric) per \(currency). This is another question than the answer above, which ranks utility at the same budget; it shows how much rests on the price list."
    }
    static func first(_ name: String) -> Markup {
      "At the prices of this sweep \(code: name) is first by this measure."
    }
    static func breakEven(_ item: String, _ ratio: String, _ successor: String) -> Markup {
      "The smallest change of one price that puts another strategy first: \(code: item) × \(ratio) puts \(code: successor) first."
    }
    static let noBreakEven: Markup = "No change of a single price puts another strategy first."
    static func concordance(_ median: String, _ low: String) -> Markup {
      "The order of all strategies stays much the same when Kendall's τ is near 1: its median over the changed prices is \(median), and it is above \(low) in 95\u{A0}% of them."
    }
    static func caption(_ metric: String, _ currency: String) -> String {
      "One row is one strategy: mean \(metric) in percentage points per \(currency) spent, and how often it is first when prices change."
    }
    static func columns(_ currency: String) -> [String] { ["Points per \(currency)", "First"] }
  }

  var markup: [Markup] {
    guard let utility = setting.utilities.first, utility.metric.unit == .fraction else { return [] }
    let grid = setting.grid
    let eligible = utility.contenders.map(\.strategy).sorted().filter { strategy in
      (grid.mean(utility.metric.name, strategy) ?? 0) > 0 && meanSpending(strategy).contains { $0 > 0 }
    }
    guard eligible.count > 1 else { return [] }
    let utilities = eligible.map { grid.mean(utility.metric.name, $0) ?? 0 }
    let spending = eligible.map { meanSpending($0) }
    let sensitivity = PriceSensitivity(utilities: utilities, spending: spending, seed: 0)
    let title = SettingWords.inSentence(utility.metric)
    let values = zip(utilities, spending).map { $0 * 100 / $1.reduce(0, +) }
    return [
      .heading(level, Words.heading), .paragraph(Words.explanation(title, currency)),
      .paragraph("\(sentence(sensitivity, eligible)) \(concordance(sensitivity))"),
      .details(
        Words.table,
        [table(eligible, values, sensitivity, title).markup]),
    ]
  }

  /// The mean amount spent on each item of the price list, for either purpose.
  private func meanSpending(_ strategy: Int) -> [Double] {
    let results = setting.grid.results(strategy)
    return PriceItem.allCases.map { item in
      Grid.mean(
        results.map { result in
          result.values.ledger.entries.filter { $0.item == item }.reduce(Money.zero) { $0 + $1.total }.amount
        }) ?? 0
    }
  }

  private func sentence(_ sensitivity: PriceSensitivity, _ strategies: [Int]) -> Markup {
    let first = Words.first(setting.name(strategies[sensitivity.winner]))
    guard let breakEven = sensitivity.breakEven else { return "\(first) \(Words.noBreakEven)" }
    let item = PriceItem.allCases[breakEven.item].rawValue
    let successor = setting.name(strategies[breakEven.successor])
    return "\(first) \(Words.breakEven(item, Numbers.score(breakEven.ratio), successor))"
  }

  private func concordance(_ sensitivity: PriceSensitivity) -> Markup {
    let taus = sensitivity.concordance
    guard !taus.isEmpty else { return .empty }
    return Words.concordance(
      Numbers.decimal(Descriptive.quantile(0.5, ofSorted: taus), 2),
      Numbers.decimal(Descriptive.quantile(0.05, ofSorted: taus), 2))
  }

  private func table(_ strategies: [Int], _ values: [Double], _ sensitivity: PriceSensitivity, _ title: String)
    -> DataTable
  {
    let order = strategies.indices.sorted { (-values[$0], $0) < (-values[$1], $1) }
    return DataTable(
      caption: Words.caption(title, currency), corner: "Strategy",
      columns: Words.columns(currency).map { .init($0) },
      rows: order.map { index in
        DataTable.Row(
          StrategyName.markup(setting.grid.strategies[strategies[index]]),
          [.number(Numbers.score(values[index])), .number(Numbers.chance(sensitivity.firstPlace[index]))])
      })
  }
}
