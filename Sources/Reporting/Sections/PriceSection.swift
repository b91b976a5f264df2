import Core
import Economics
import Statistics

/// How far the order by accuracy per currency unit depends on the prices.
struct PriceSection {
  let setting: SettingAnalysis
  let currency: String
  let level: Int

  private enum Words {
    static let heading = Markup(english: "If prices were different", japanese: "価格が違ったら")
    static let table = Markup(english: "By strategy", japanese: "選び方ごと")
    static func explanation(_ metric: Markup, _ currency: String) -> Markup {
      Markup(
        english:
          "Every price is changed at random (log-normal, σ = 0.5, 1,000 times), what each strategy bought is charged again, and strategies are ranked by \(metric) per \(currency). This is another question than the answer above, which ranks utility at the same budget; it shows how much rests on the price list.",
        japanese:
          "すべての価格を無作為に変え（対数正規分布、σ = 0.5、1,000回）、各選び方の購入内容を計算し直して、1 \(currency)あたりの\(metric)で順位をつけます。同じ予算での指標を比べる上の答えとは別の問いで、結果がどれほど価格表に左右されるかを示します。"
      )
    }
    static func first(_ name: String) -> Markup {
      Markup(
        english: "At the prices of this sweep \(code: name) is first by this measure.",
        japanese: "このスイープの価格では、この尺度で首位になるのは \(code: name) です。")
    }
    static func breakEven(_ item: String, _ ratio: String, _ successor: String) -> Markup {
      Markup(
        english:
          "The smallest change of one price that puts another strategy first: \(code: item) × \(ratio) puts \(code: successor) first.",
        japanese: "1つの価格を変えて首位が入れ替わる最小の変化は、\(code: item) を \(ratio) 倍にしたときで、\(code: successor) が首位になります。")
    }
    static let noBreakEven = Markup(
      english: "No change of a single price puts another strategy first.", japanese: "1つの価格をどう変えても、首位は入れ替わりません。")
    static func concordance(_ median: String, _ low: String) -> Markup {
      Markup(
        english:
          "The order of all strategies stays much the same when Kendall's τ is near 1: its median over the changed prices is \(median), and it is above \(low) in 95\u{A0}% of them.",
        japanese:
          "ケンドールのτが1に近いほど、全体の順位は変わりません。価格を変えたときの中央値は \(median)、95\u{A0}%の場合に \(low) を上回ります。")
    }
    static func caption(_ metric: Markup, _ currency: String) -> Markup {
      Markup(
        english:
          "One row is one strategy: mean \(metric) in percentage points per \(currency) spent, and how often it is first when prices change.",
        japanese: "1行が1つの選び方で、支出1 \(currency)あたりの平均\(metric)（ポイント）と、価格が変わったときに首位になる割合を示します。")
    }
    static func columns(_ currency: String) -> [Markup] {
      [
        Markup(english: "Points per \(currency)", japanese: "1 \(currency)あたりのポイント"),
        Markup(english: "First", japanese: "首位の割合"),
      ]
    }
  }

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
      .heading(level, Words.heading), .paragraph(Words.explanation(title, currency)),
      .paragraph(.sentences([sentence(sensitivity, eligible), concordance(sensitivity)].compactMap { $0 })),
      .details(
        Words.table,
        [table(eligible, values, sensitivity, title).markup]),
    ]
  }

  private func sentence(_ sensitivity: PriceSensitivity, _ strategies: [Int]) -> Markup {
    let first = Words.first(setting.name(strategies[sensitivity.winner]))
    guard let breakEven = sensitivity.breakEven else { return .sentences([first, Words.noBreakEven]) }
    let item = PriceItem.allCases[breakEven.item].rawValue
    let successor = setting.name(strategies[breakEven.successor])
    return .sentences([first, Words.breakEven(item, Numbers.score(breakEven.ratio), successor)])
  }

  private func concordance(_ sensitivity: PriceSensitivity) -> Markup? {
    let taus = sensitivity.concordance
    guard !taus.isEmpty else { return nil }
    return Words.concordance(
      Numbers.decimal(Descriptive.quantile(0.5, ofSorted: taus), 2),
      Numbers.decimal(Descriptive.quantile(0.05, ofSorted: taus), 2))
  }

  private func table(_ strategies: [Int], _ values: [Double], _ sensitivity: PriceSensitivity, _ title: Markup)
    -> DataTable
  {
    let order = strategies.indices.sorted { (-values[$0], $0) < (-values[$1], $1) }
    return DataTable(
      caption: Words.caption(title, currency), corner: SettingWords.strategy,
      columns: Words.columns(currency).map { .init($0) },
      rows: order.map { index in
        DataTable.Row(
          StrategyName.markup(setting.grid.strategies[strategies[index]]),
          [.number(Numbers.score(values[index])), .number(Numbers.chance(sensitivity.firstPlace[index]))])
      })
  }
}
