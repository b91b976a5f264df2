import Sweeps

/// What ``ShiftSection`` says.
enum ShiftWords {
  static let heading = Markup(english: "By way of collecting", japanese: "集め方ごと")
  static let explanation = Markup(
    english:
      "Each cell: the mean, below it the difference to buying at random on the same pool with its 95\u{A0}% interval. Blue is better than random, orange worse; ▲ and ▼ mark differences that are decided, corrected over all cells of the table.",
    japanese:
      "各セルの上段は平均、その下は同じ候補プールでの無作為購入との差と95\u{A0}%信頼区間です。青は無作為購入より良く、橙は悪いことを示します。▲と▼は、表のすべてのセルについて補正しても差があるといえる場合の印です。"
  )
  static func caption(_ metric: Metric) -> Markup {
    let unit =
      metric.unit == .fraction
      ? Markup(english: " in percent, differences in points", japanese: "（%、差はポイント）") : .empty
    return Markup(
      english: "\(metric.shownTitle)\(unit). One row is one strategy, one column one way of collecting.",
      japanese: "\(metric.shownTitle)\(unit)。1行が1つの選び方、1列が1つの集め方です。")
  }
}
