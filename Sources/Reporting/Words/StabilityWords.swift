import Economics
import Sweeps

/// What ``StabilitySection`` says.
enum StabilityWords {
  static let heading = Markup(english: "How stable the order is", japanese: "順位の安定性")
  static let diagrams = Markup(
    english:
      "Mean ranks over all pairs of way of collecting and seed, best at the left. A bar joins strategies whose mean ranks differ by less than the critical difference (CD) of Nemenyi's test at 5\u{A0}%: the data do not tell these apart. The test takes the seeds of one way of collecting as independent.",
    japanese:
      "集め方とシードのすべての組での平均順位です（左ほど良い）。平均順位の差がネメニー検定（5\u{A0}%）の臨界差（CD）より小さい選び方どうしを太線で結びます。太線で結ばれた選び方は、このデータでは区別できません。検定は、同じ集め方の中のシードを独立とみなしています。"
  )
  static func diagram(_ metric: Metric) -> Markup {
    Markup(english: "Critical-difference diagram: \(metric.shownTitle)", japanese: "臨界差の図：\(metric.shownTitle)")
  }
  static func description(_ best: String, _ groups: Int) -> Markup {
    Markup(
      english: "Best mean rank: \(best). \(groups) groups cannot be told apart.",
      japanese: "平均順位が最も良いのは\(best)。区別できない組は\(groups)個。")
  }
  static func difference(_ value: String) -> Markup { Markup(english: "CD = \(value)", japanese: "臨界差 = \(value)") }
  static func order(_ metric: Markup) -> Markup {
    Markup(
      english:
        "Each judge below puts the strategies into an order; by \(metric), but for the judges that are utilities. Kendall's W is 1 when all judges agree and near 0 when they do not; p says whether they agree more than by chance.",
      japanese:
        "下の表の各「審判」が選び方に順位をつけます（指標を審判とするもの以外は\(metric)による）。ケンドールのWは、審判が完全に一致すれば1、まったく一致しなければ0に近くなります。p値は、その一致が偶然を超えるかどうかを示します。"
    )
  }
  static let caption = Markup(
    english: "Agreement on the order. One row is one kind of judge.", japanese: "順位の一致。1行が1種類の審判です。")
  static let judge = Markup(english: "Judges", japanese: "審判")
  static let columns = [
    Markup(english: "How many", japanese: "数"), Markup(english: "Kendall's W", japanese: "ケンドールのW"),
    Markup(english: "p", japanese: "p値"), Markup(english: "Most often first", japanese: "最も多く首位"),
    Markup(english: "How often", japanese: "首位の割合"),
  ]
  static let seeds = Markup(english: "Seeds", japanese: "シード")
  static let shifts = Markup(english: "Ways of collecting", japanese: "集め方")
  static let utilities = Markup(english: "Utilities", japanese: "指標")
  static let prices = Markup(english: "Changed price lists", japanese: "変えた価格表")
  static let firsts = Markup(english: "First places, by strategy", japanese: "選び方ごとの首位の割合")
  static let firstsCaption = Markup(
    english: "How often each strategy is first. One row is one strategy, one column one kind of judge.",
    japanese: "各選び方が首位になる割合。1行が1つの選び方、1列が1種類の審判です。")
  static func price(_ metric: Markup, _ currency: String) -> Markup {
    Markup(
      english:
        "Prices: every price is changed at random (log-normal, σ = 0.5, 1,000 times), the subsets of all budgets are charged again, and \(metric) is read off each strategy's curve at the same budget; where that lies beyond the budgets measured, the curve's last line is continued, which is a guess.",
      japanese:
        "価格：すべての価格を無作為に変え（対数正規分布、σ = 0.5、1,000回）、全予算の購入内容を計算し直して、同じ予算での\(metric)を各選び方の曲線から読み取ります。測定した予算の外では曲線の端の線を延長した推定値です。"
    )
  }
  static func tau(_ median: String, _ low: String) -> Markup {
    Markup(
      english:
        "Kendall's τ to the order at today's prices: median \(median), above \(low) in 95\u{A0}% of the changed lists.",
      japanese: "現在の価格での順位とのケンドールのτ：中央値 \(median)、95\u{A0}%の場合に \(low) を上回ります。")
  }
  static func breakEven(_ item: PriceItem, _ ratio: String, _ successor: String) -> Markup {
    Markup(
      english: "\(PriceWords.named(item)) × \(ratio) puts \(code: successor) first",
      japanese: "\(PriceWords.named(item))が \(ratio) 倍になると \(code: successor) が首位")
  }
  static func breakEvens(_ found: [Markup]) -> Markup {
    let spoken = Markup.joined(found, by: Markup(english: "; ", japanese: "、"))
    return Markup(
      english: "The nearest change of each price, alone, that changes the first place: \(spoken).",
      japanese: "1つの価格だけを変えて首位が入れ替わる最も近い点：\(spoken)。")
  }
  static let noBreakEven = Markup(
    english: "No change of a single price up to 64 times puts another strategy first.",
    japanese: "1つの価格を64倍まで変えても、首位は入れ替わりません。")
}
