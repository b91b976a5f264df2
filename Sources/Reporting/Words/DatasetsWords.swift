/// What ``DatasetsSection`` says.
enum DatasetsWords {
  static let heading = Markup(english: "Worlds and draws", japanese: "運用環境とデータの引き直し")

  static func worlds(same: Int, of count: Int) -> Markup {
    if same == count {
      return Markup(
        english: "The same comes first in every world: the answer does not depend on which of them it is.",
        japanese: "どの運用環境でも首位は同じです。答えは、このうちのどの環境かによりません。")
    }
    return Markup(
      english:
        "What comes first changes from world to world in \(count - same) of \(Numbers.counted(count, "setting")): use the answer of the world that is most like yours.",
      japanese: "\(count)通りの設定のうち\(count - same)通りで、運用環境によって首位が変わります。自社に最も近い環境での答えを使ってください。")
  }

  /// Where the changes are not decided.
  static let undecided = Markup(
    english: "No first place that changes is decided, so the change may be chance.",
    japanese: "入れ替わった首位はどれも決着していないため、この違いは偶然かもしれません。")

  static func spread(_ option: Markup, low: String, high: String, deviation: String, worlds: Int) -> Markup {
    Markup(
      english:
        "What the first world recommends, \(option), reaches \(low) to \(high) over \(Numbers.counted(worlds, "world")) at the largest budget, a standard deviation of \(deviation) points. Each world is a question of its own, so this is in no interval.",
      japanese:
        "最初の運用環境で推奨される\(option)の点数は、最大の予算では\(worlds)つの環境で\(low)～\(high)、標準偏差は\(deviation)ポイントです。環境ごとに別の問いなので、この違いはどの信頼区間にも含みません。"
    )
  }

  static let worldsCaption = Markup(
    english:
      "What comes first by world. One row is one setting in one world; beside it the score there of what the first world recommends; τ is Kendall's, between the order of all options there and in the first world.",
    japanese: "運用環境ごとの首位。1行が1つの環境での1つの設定です。最初の環境で推奨されたものの点数と、最初の環境の順位との、すべての選択肢についてのケンドールのτも示します。")
  static let worldsColumns = [
    Markup(english: "First", japanese: "首位"), Markup(english: "Score", japanese: "点数"),
    Markup(english: "How sure", japanese: "確かさ"),
    Markup(english: "The first world's choice", japanese: "最初の環境での推奨の点数"), Markup(english: "τ", japanese: "τ"),
  ]

  static func draws(same: Int, of count: Int) -> Markup {
    if same == count {
      return Markup(
        english: "The same comes first on every draw of the data set.", japanese: "データを引き直しても、首位はどの引き直しでも同じです。")
    }
    return Markup(
      english:
        "What comes first changes from draw to draw in \(count - same) of \(Numbers.counted(count, "setting")): one draw alone would have answered otherwise.",
      japanese: "\(count)通りの設定のうち\(count - same)通りで、データの引き直しによって首位が変わります。1回の引き直しだけなら、別の答えになっていました。")
  }

  /// `seeds` is what the spread between seeds alone would make.
  static func leads(_ setting: Markup, draws: String, seeds: String?, count: Int) -> Markup {
    let alone =
      seeds.map {
        Markup(
          english: "; the spread between the \(Numbers.counted(count, "seed")) of a draw alone would make \($0)",
          japanese: "（引き直しの中での\(count)個のシードのばらつきだけなら\($0)ポイント）")
      } ?? .empty
    return Markup(
      english:
        "At \(setting) the lead of the first option over the next varies by \(draws) points from draw to draw (standard deviation)\(alone).",
      japanese: "\(setting)では、首位の次点に対する差の、引き直しごとの標準偏差は\(draws)ポイントです\(alone)。")
  }

  static let drawsCaption = Markup(
    english:
      "What comes first by draw of the data set, means over its seeds. The lead is that of the option recommended over all draws over the next.",
    japanese: "データの引き直しごとの首位（シードの平均）。差は、すべての引き直しを合わせて推奨された選択肢の、次点に対する差です。")
  static let drawsColumns = [
    Markup(english: "Draw", japanese: "引き直し"), Markup(english: "First", japanese: "首位"),
    Markup(english: "Score", japanese: "点数"), Markup(english: "Lead", japanese: "差"),
  ]
}
