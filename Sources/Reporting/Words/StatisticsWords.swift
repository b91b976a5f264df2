import Statistics
import Sweeps

/// What ``StatisticsSection`` says.
enum StatisticsWords {
  static let heading = Markup(english: "Statistics in full", japanese: "統計の詳細")
  static let explanation = Markup(
    english:
      "Differences to \(code: "random") by two kinds of bootstrap interval, by the interquartile mean (the middle half of the pairs) and by Wilcoxon's signed-rank test with Pratt's zeros, p corrected after Holm for all strategies of a table. The test takes pairs of the same way of collecting as independent.",
    japanese:
      "\(code: "random") との差を、2種類のブートストラップ区間、四分位範囲平均（中央半分の組の平均）、ウィルコクソンの符号付き順位検定（ゼロの扱いはプラット法）で示します。p値は、表のすべての選び方についてホルム法で補正します。検定は、同じ集め方の中の組を独立とみなしています。"
  )
  static func caption(_ metric: Metric) -> Markup {
    let unit = metric.unit == .fraction ? Markup(english: " in points", japanese: "（ポイント）") : .empty
    return Markup(
      english: "\(metric.shownTitle): differences to random\(unit). One row is one strategy.",
      japanese: "\(metric.shownTitle)：無作為購入との差\(unit)。1行が1つの選び方です。")
  }
  static let columns = [
    Markup(english: "Pairs", japanese: "組数"), Markup(english: "Mean", japanese: "平均"),
    Markup(english: "Percentile", japanese: "パーセンタイル区間"), Markup(english: "BCa", japanese: "BCa区間"),
    Markup(english: "Interquartile mean", japanese: "四分位範囲平均"), Markup(english: "Its interval", japanese: "その区間"),
    Markup(english: "p", japanese: "p値"), Markup(english: "p after Holm", japanese: "ホルム補正後のp値"),
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
