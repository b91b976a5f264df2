import Sweeps

/// What ``DataSection`` says.
enum DataWords {
  static let heading = Markup(english: "The chosen data, and other metrics", japanese: "選んだデータの性質と、その他の指標")
  static let explanation = Markup(
    english:
      "Measured on the subset itself or beside the utilities above. Descriptive metrics have no good side and name no winner.",
    japanese: "選んだデータそのもの、または上の指標とあわせて測った値です。記述的な指標には良し悪しがなく、首位も決めません。")
  static func caption(_ metric: Metric) -> Markup {
    let percent = metric.unit == .fraction ? Markup(english: ", percent", japanese: "（%）") : .empty
    let direction = direction(metric.direction)
    return Markup(
      english:
        "\(metric.shownTitle): \(metric.shownMeaning)\(percent). One row is one strategy, one column one way of collecting; means over seeds. \(direction)",
      japanese:
        "\(metric.shownTitle)：\(metric.shownMeaning)\(percent)。1行が1つの選び方、1列が1つの集め方で、シードの平均です。\(direction)")
  }
  static func direction(_ direction: Metric.Direction) -> Markup {
    switch direction {
    case .higherIsBetter: Markup(english: "Higher is better.", japanese: "大きいほど良い指標です。")
    case .lowerIsBetter: Markup(english: "Lower is better.", japanese: "小さいほど良い指標です。")
    case .descriptive:
      Markup(english: "Neither high nor low is better as such.", japanese: "大小そのものに良し悪しはありません。")
    }
  }
  static func likeness(above threshold: String, by chance: String) -> Markup {
    Markup(
      english:
        "Counted above a cosine of \(threshold), which \(chance) of the base test images pass with another, different one: about as much is chance where nothing is copied.",
      japanese:
        "コサイン類似度が\(threshold)を超えるものを数えます。互いに異なる基本テスト画像どうしでも\(chance)がこれを超えるので、複製がなくても同じ程度の値になります。")
  }
  static let uncalibrated = Markup(
    english:
      "Counted above a cosine of 0.95 by an earlier version, which did not look how many different images pass that: high shares need not be copies.",
    japanese: "以前の版がコサイン類似度0.95を基準に数えた値です。異なる画像どうしがどれだけこれを超えるかは調べていないので、値が高くても複製とは限りません。")
  static let all = Markup(english: "all", japanese: "全体")
}
