import Statistics
import Sweeps

/// What ``StatisticsSection`` says.
enum StatisticsWords {
  static let heading = Markup(english: "Statistics in full", japanese: "統計の詳細")
  static let explanation = Markup(
    english:
      "Differences to buying at random with their 95\u{A0}% t intervals and the p of the paired t-test, alone and corrected after Holm over all pairs of strategies: the corrected p decides every mark on this page. Beside it, as evidence of another kind, the middle half of the pairs (interquartile mean) and the p of Wilcoxon's signed-rank test with Pratt's zeros, not corrected. Tests take pairs of the same way of collecting as independent.",
    japanese:
      "無作為購入との差、その95\u{A0}%信頼区間（t分布）、対応のあるt検定のp値を示します。p値は単独のものと、選び方のすべての組についてホルム法で補正したものがあり、このページの印はどれも補正後のp値で決めています。参考として、四分位範囲平均（中央半分の組の平均）と、ウィルコクソンの符号付き順位検定のp値（ゼロの扱いはプラット法、補正なし）も示します。検定は、同じ集め方の中の組を独立とみなしています。"
  )
  static func caption(_ metric: Metric) -> Markup {
    let unit = metric.unit == .fraction ? Markup(english: " in points", japanese: "（ポイント）") : .empty
    return Markup(
      english: "\(metric.shownTitle): differences to random\(unit). One row is one strategy.",
      japanese: "\(metric.shownTitle)：無作為購入との差\(unit)。1行が1つの選び方です。")
  }
  static let columns = [
    Markup(english: "Pairs", japanese: "組数"), Markup(english: "Mean", japanese: "平均"),
    Markup(english: "95\u{A0}% interval", japanese: "95\u{A0}%信頼区間"), Markup(english: "p", japanese: "p値"),
    Markup(english: "p after Holm", japanese: "ホルム補正後のp値"),
    Markup(english: "Interquartile mean", japanese: "四分位範囲平均"),
    Markup(english: "Signed-rank p", japanese: "符号付き順位検定のp値"),
  ]
  static func friedman(_ test: FriedmanTest, units: Int) -> Markup {
    let (p, difference) = (pValue(test.pValue), Numbers.decimal(test.criticalDifference(), 2))
    return Markup(
      english:
        "Friedman's test over \(Numbers.counted(units, "unit")): p \(p). By Nemenyi, mean ranks that differ by less than \(difference) cannot be told apart at 5\u{A0}%.",
      japanese:
        "\(units)組についてのフリードマン検定：p値 \(p)。ネメニー法では、平均順位の差が \(difference) 未満なら、5\u{A0}%水準では区別できません。")
  }
  static func agreement(_ value: Double, _ utilities: Int) -> Markup {
    let value = Numbers.decimal(value, 2)
    return Markup(
      english:
        "How far the \(utilities) utilities agree on the order of strategies, Kendall's W: \(value) (1 is the same order, 0 none).",
      japanese: "\(utilities)個の指標が、選び方の順位についてどれほど一致するか（ケンドールのW）：\(value)（1は完全に同じ順位、0は一致なし）。")
  }
  static func pValue(_ value: Double) -> String { value < 0.001 ? "<\u{A0}0.001" : Numbers.decimal(value, 3) }
}
