import Sweeps

/// What ``RankingSection`` says.
enum RankingWords {
  static let heading = Markup(english: "Overall ranking", japanese: "総合順位")
  static let explanation = Markup(
    english:
      "All ways of collecting together, best first. The strip shows the difference to buying at random with its 95\u{A0}% interval; a filled mark means that the difference is decided, a hollow one that it is not, an arrow that it lies beyond the strip. “First” is the probability that a strategy is really the best, “rank” its mean rank over the ways of collecting.",
    japanese:
      "すべての集め方をまとめ、良い順に並べています。帯は無作為購入との差とその95\u{A0}%信頼区間です。塗りつぶした印は差があるといえること、白抜きの印はまだいえないこと、矢印は帯の外にあることを表します。「首位の確率」は本当に最良である確率、「順位」は集め方ごとの順位の平均です。"
  )
  static func caption(_ metric: Metric) -> Markup {
    Markup(
      english:
        "\(metric.shownTitle): \(metric.shownMeaning). One row is one strategy; means over all trials\(SettingWords.percent(metric)).",
      japanese:
        "\(metric.shownTitle)：\(metric.shownMeaning)。1行が1つの選び方で、すべての試行の平均\(SettingWords.percent(metric))です。")
  }
  static func strip(_ name: String, _ difference: Markup) -> Markup {
    Markup(english: "\(name): \(difference) against random", japanese: "\(name)：無作為購入との差 \(difference)")
  }
  static let notAchievable = Markup(english: "not achievable", japanese: "実現不可能")
  static let reference = Markup(english: "reference", japanese: "基準")
  static func coverage(_ shifts: Int, of all: Int) -> Markup {
    Markup(english: "\(shifts) of \(all) ways", japanese: "\(all)通り中\(shifts)通り")
  }
  static let columns = [
    Markup(english: "Mean", japanese: "平均"), Markup(english: "To random", japanese: "無作為との差"), .empty,
    Markup(english: "First", japanese: "首位の確率"), Markup(english: "Rank", japanese: "順位"),
  ]
}
