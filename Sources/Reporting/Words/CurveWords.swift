import Sweeps

/// What ``CurveSection`` says.
enum CurveWords {
  static let heading = Markup(english: "Utility against cost", japanese: "費用と指標の関係")
  static func heading(_ setting: Setting) -> Markup {
    let (sizing, length) = (SettingWords.sizing(setting.sizing), SettingWords.length(setting.trainingLength))
    return Markup(english: "\(heading): \(sizing), \(length)", japanese: "\(heading)：\(sizing)、\(length)")
  }
  static let explanation = Markup(
    english:
      "Means over all ways of collecting and seeds. The best strategy at the largest budget is drawn thick, buying at random dashed.",
    japanese: "すべての集め方とシードの平均です。最大の予算で最も良い選び方を太線、無作為購入を破線で描きます。")
  static func title(_ metric: Metric) -> Markup {
    Markup(english: "\(metric.shownTitle) against money spent", japanese: "支出と\(metric.shownTitle)の関係")
  }
  static func description(_ lines: Int, _ budgets: Int) -> Markup {
    Markup(
      english: "\(lines) strategies at \(budgets) budgets. The tables of each budget give the numbers.",
      japanese: "\(lines)通りの選び方を\(budgets)通りの予算で比べています。数値は各予算の表にあります。")
  }
  static func spent(_ currency: String) -> Markup {
    Markup(english: "Spent per trial, \(currency)", japanese: "1試行あたりの支出（\(currency)）")
  }
  static func caption(_ metric: Metric) -> Markup {
    Markup(
      english:
        "\(metric.shownTitle)\(SettingWords.percent(metric)). One row is one strategy; one column is one budget.",
      japanese: "\(metric.shownTitle)\(SettingWords.percent(metric))。1行が1つの選び方、1列が1つの予算です。")
  }
}
