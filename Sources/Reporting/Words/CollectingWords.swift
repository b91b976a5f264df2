import Sweeps

/// What ``CollectingTable`` says.
enum CollectingWords {
  static let items = Markup(english: "Images bought", japanese: "購入枚数")
  static let noise = Markup(english: "Wrong labels", japanese: "誤ったラベル")
  static let best = Markup(english: "Best strategy", japanese: "最良の選び方")
  static func caption(_ setting: Markup, _ metric: Metric) -> Markup {
    let name = SettingWords.inSentence(metric)
    return Markup(
      english:
        "Ways of collecting at \(setting). One row is one pool, bought at random: images bought, wrong labels among them, and the mean of each utility in percent. The last column names the strategy that is best there by \(name) and its difference to random.",
      japanese:
        "\(setting)での集め方の比較。1行が1つの候補プールで、無作為に購入した場合の購入枚数、そのうちの誤ったラベル、各指標の平均（%）を示します。最後の列は、そこで\(name)が最も良い選び方と、無作為購入との差です。"
    )
  }
  static func sentence(metric: Metric, first: String, value: String, second: String, lead: Markup, isClear: Bool)
    -> Markup
  {
    let name = SettingWords.inSentence(metric)
    let doubt =
      isClear ? .empty : Markup(english: ", which is not separable from 0", japanese: "（差があるとは言い切れません）")
    return Markup(
      english:
        "Bought at random for the same money, \(code: first) gives the best \(name): \(strong: value). Next comes \(code: second) at \(lead)\(doubt).",
      japanese:
        "同じ金額で無作為に購入した場合、\(name)が最も良いのは \(code: first) の\(strong: value)です。次は \(code: second) で、差は\(lead)です\(doubt)。")
  }
}
