import Core
import Sweeps

/// What ``MixSection`` says.
enum MixWords {
  static let heading = Markup(
    english: "How to split the budget between sources", japanese: "予算を集め方の間でどう分けるか")
  /// - Parameter shifts: two pools of the sweep, for an example.
  static func none(_ shifts: [String]) -> Markup {
    let stated = StrategyChoice.evenMix(of: shifts).json.canonicalText
    let searched = JSONValue.string(MixKind.searched.rawValue).canonicalText
    return Markup(
      english:
        "This sweep bought every training set from a single source. To compare splits, add \(code: stated), or \(code: searched), which looks for a good split within the budget, to its strategies, and run it again: only the new trials are computed.",
      japanese:
        "このスイープでは、どの学習データも1つの集め方だけで購入しています。分け方を比べるには、選び方に \(code: stated)、または予算の中でよい分け方を探す \(code: searched) を加えて、もう一度実行してください。新しい試行だけを計算します。"
    )
  }
  static let explanation = Markup(
    english:
      "Each split against the best single source at the same budget, bought by the same strategy as within the split. Differences are paired by seed, with 95\u{A0}% intervals; ▲ and ▼ mark those that are decided, corrected over all splits of a column.",
    japanese:
      "それぞれの分け方を、同じ予算で、同じ選び方を使い、最も良い1つの集め方だけで購入した場合と比べます。差はシードごとに対応させ、95\u{A0}%信頼区間を添えます。▲と▼は、列の中のすべての分け方について補正しても差があるといえる場合の印です。"
  )
  static func sentence(_ split: Markup, _ metric: Metric, _ value: String, _ difference: Markup, _ single: Markup)
    -> Markup
  {
    let name = SettingWords.inSentence(metric)
    return Markup(
      english:
        "The best split for \(name) is \(split): \(strong: value), \(difference) against \(single).",
      japanese: "\(name)が最も良い分け方は、\(split)で、\(strong: value)です。\(single)との差は\(difference)です。")
  }
  static func caption(_ title: Markup) -> Markup {
    Markup(
      english:
        "Splits at \(title). One row is one split of the budget: where the money went, the single source it is compared with, what it spent, then the mean of each utility in percent with its difference in points.",
      japanese:
        "\(title)での予算の分け方。1行が1つの分け方で、配分、比べる相手の集め方、支出、各指標の平均（%）と差（ポイント）を示します。")
  }
  static let corner = Markup(english: "Split", japanese: "分け方")
  static let shares = Markup(english: "Shares", japanese: "配分")
  static let compared = Markup(english: "Compared with", japanese: "比べる相手")
  static let spent = Markup(english: "Spent", japanese: "支出")
}
