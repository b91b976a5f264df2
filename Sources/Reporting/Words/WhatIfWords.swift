import Core

/// What the page's script says; `{0}` and the like are filled in by it.
enum WhatIfWords {
  static let heading = Markup(english: "Ask it yourself", japanese: "条件を変えてみる")
  static let explanation = Markup(
    english:
      "How much each utility counts, and what prices are: the answer to your own question, computed in this page from the same trials. With other prices every option is read off its curve at the same budget.",
    japanese:
      "指標の重みと価格を動かすと、その条件での答えを同じ試行からこのページの中で計算します。価格を変えた場合は、各選択肢の曲線から同じ予算での値を読み取ります。")

  private static let same = Markup(
    english: "The answer stays {0} (score {1}).", japanese: "答えは同じく {0}（点数 {1}）です。")
  private static let other = Markup(
    english: "The answer becomes {0} (score {1}).", japanese: "答えは {0}（点数 {1}）に変わります。")
  private static let next = Markup(
    english: " Next comes {0}, {1} points behind (95 % interval {2} to {3}, of these two alone).",
    japanese: "次点は {0} で、差は{1}ポイントです（この2つだけの95 %信頼区間 {2}～{3}）。")
  private static let behind = Markup(
    english: " Next comes {0}, {1} points behind.", japanese: "次点は {0} で、差は{1}ポイントです。")
  private static let nothing = Markup(
    english: "Nothing counts: give some utility a weight.", japanese: "重みがすべて0です。どれかの指標に重みを付けてください。")
  private static let weights = Markup(english: "What counts", japanese: "指標の重み")
  private static let prices = Markup(english: "Prices, times what they are", japanese: "価格（現在の何倍か）")
  private static let onePrice = Markup(
    english: "Prices can be moved in a report of two budgets or more.", japanese: "価格は、2つ以上の予算のレポートで動かせます。")
  private static let reset = Markup(english: "Back to the page's question", japanese: "元の問いに戻す")
  private static let search = Markup(english: "Search this table", japanese: "この表を検索")

  static func json(in language: Language) -> JSONValue {
    let words = [
      "same": same, "other": other, "next": next, "behind": behind, "nothing": nothing, "weights": weights,
      "prices": prices, "onePrice": onePrice, "reset": reset, "search": search,
    ]
    return .object(words.mapValues { .string($0.plainText(in: language)) })
  }
}
