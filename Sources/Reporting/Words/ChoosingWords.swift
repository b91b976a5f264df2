/// What ``ChoosingSection`` says.
enum ChoosingWords {
  static let heading = Markup(english: "Whether choosing paid", japanese: "選ぶことは割に合ったか")
  static func explanation(_ metric: Markup, _ budget: String) -> Markup {
    Markup(
      english:
        "Against buying unseen for the same \(budget): the mean difference of \(metric) over all ways of collecting in points, with its 95\u{A0}% interval. The break-even says what choosing may cost: times as much as here, for each candidate looked at, read off the strategy's own curve over the budgets. Obtaining, labelling and looking at candidates, scoring them and training scorers count together.",
      japanese:
        "同じ\(budget)で選ばずに購入した場合との比較です。集め方全体での\(metric)の平均の差（ポイント）と95\u{A0}%区間を示します。損益分岐は、選ぶための費用がここでの何倍までなら割に合うかで、予算ごとの曲線から読み取りました。候補の入手・ラベル・下見、スコア計算、スコア用モデルの学習を合わせて数えます。"
    )
  }
  static let caption = Markup(
    english: "One row is one strategy that looks before it buys.", japanese: "1行が、購入前に候補を調べる1つの選び方です。")
  static func columns(_ currency: String) -> [Markup] {
    [
      Markup(english: "Against unseen", japanese: "選ばない場合との差"), Markup(english: "Did it pay?", japanese: "割に合ったか"),
      Markup(english: "Spent on choosing, \(currency)", japanese: "選ぶ費用（\(currency)）"),
      Markup(english: "A candidate costs", japanese: "候補1枚の費用"),
      Markup(english: "Would break even at", japanese: "損益分岐"),
    ]
  }
  static func finding(_ finding: ChoosingAnalysis.Finding) -> Markup {
    switch finding {
    case .paid: Markup(english: "yes", japanese: "はい")
    case .lost: Markup(english: "no", japanese: "いいえ")
    case .open: Markup(english: "open at this number of seeds", japanese: "このシード数では言い切れない")
    }
  }
  static func breakEven(_ breakEven: ChoosingAnalysis.BreakEven, candidate: Double) -> Markup {
    switch breakEven {
    case .at(let factor):
      let price = Numbers.score(candidate * factor)
      return Markup(
        english: "\(price) (× \(Numbers.score(factor)))", japanese: "\(price)（\(Numbers.score(factor))倍）")
    case .never: return Markup(english: "not even for nothing", japanese: "無料でも割に合わない")
    case .unknown: return Markup(english: "not measured", japanese: "測定範囲外")
    }
  }
}
