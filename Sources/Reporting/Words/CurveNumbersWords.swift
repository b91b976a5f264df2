import Sweeps

/// What ``CurveNumbers`` says.
enum CurveNumbersWords {
  static func range(_ low: String, _ high: String, _ currency: String) -> Markup {
    Markup(
      english:
        "Between two budgets a curve is taken as straight over the logarithm of the cost. The mean over \(low) to \(high) \(currency) weighs every doubling of the money alike; intervals are 95\u{A0}% over resamples of the trials, paired.",
      japanese:
        "予算と予算の間は、費用の対数に対して直線とみなします。\(low)～\(high) \(currency) の平均では、費用が2倍になる区間をどれも同じ重みで数えます。区間は、対応を保って試行を再抽出した95\u{A0}%区間です。"
    )
  }
  static func target(_ value: String, _ currency: String) -> Markup {
    Markup(
      english: "The target is what buying at random reaches at the largest budget, \(value).",
      japanese: "目標は、最大の予算で無作為購入が達する値（\(value)）です。")
  }
  static func caption(_ metric: Metric) -> Markup {
    Markup(
      english: "\(metric.shownTitle): the curves in numbers. One row is one strategy.",
      japanese: "\(metric.shownTitle)：曲線を数値で。1行が1つの選び方です。")
  }
  static let area = Markup(english: "Mean over the costs", japanese: "費用全体の平均")
  static let toReference = Markup(english: "To random", japanese: "無作為との差")
  static func cost(_ currency: String) -> Markup {
    Markup(english: "Cost of the target, \(currency)", japanese: "目標に要する費用（\(currency)）")
  }
  static let never = Markup(english: "not reached", japanese: "達しない")
  static func share(_ share: String) -> Markup {
    Markup(english: "in \(share) of resamples", japanese: "再抽出の\(share)")
  }
  static func interval(_ low: String, _ high: String) -> Markup {
    Markup(english: "\(low) to \(high)", japanese: "\(low)～\(high)")
  }
  static func crossing(_ later: String, _ earlier: String, _ cost: String, _ interval: Markup, _ share: String)
    -> Markup
  {
    Markup(
      english:
        "At \(cost)\(interval) \(code: later) passes \(code: earlier): just above it has the higher mean, just below the lower one; they cross so in \(share) of resamples.",
      japanese:
        "\(cost)\(interval)で \(code: later) の平均が \(code: earlier) を追い越します（そのすぐ上では高く、すぐ下では低い）。再抽出の\(share)でこのように交差します。")
  }
  static func bracket(_ low: String, _ high: String) -> Markup {
    Markup(english: " (\(low) to \(high))", japanese: "（\(low)～\(high)）")
  }
  static let noCrossing = Markup(
    english:
      "Within the costs that all have in common no two of the strategies that are best at some budget, or buying at random, change places.",
    japanese: "この費用の範囲では、いずれかの予算で最良の選び方と無作為購入の間に、順位の入れ替わりはありません。")
}
