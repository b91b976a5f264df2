import Statistics
import Sweeps

/// What ``JointFrontSection`` says.
enum JointFrontWords {
  static let heading = Markup(english: "What nothing beats, all utilities together", japanese: "すべての指標で何にも劣らない組み合わせ")
  static func explanation(_ metrics: [Metric], _ front: Int, _ open: Int, _ dominated: Int) -> Markup {
    let names = Markup.list(of: metrics.map { SettingWords.inSentence($0) })
    return Markup(
      english:
        "A combination is on the front when no other is at least as good in cost and in \(names), and better in one of them. Costs within 1\u{A0}% of the budget count as equal. Combinations on the front: \(front); perhaps on it: \(open); dominated: \(dominated). A state needs 95\u{A0}% of the joint resamples of the seeds. The more utilities count, the more combinations stay undominated.",
      japanese:
        "費用と、\(names)のすべてで同等以上、かつどれかで優れたものがほかにない組み合わせを、フロント上にあるといいます。差が予算の1\u{A0}%以内の費用は等しいとみなします。フロント上が\(front)通り、可能性があるものが\(open)通り、ほかに劣るものが\(dominated)通りです。状態の判定には、シードの同時再抽出の95\u{A0}%が必要です。指標が多いほど、劣らない組み合わせは増えます。"
    )
  }
  static let oneSeed = Markup(
    english: "With one seed the states are those of single trials.", japanese: "シードが1個のため、状態は1回の試行だけで判断しています。")
  static func leftOut(_ count: Int) -> Markup {
    Markup(
      english: "\(count) combinations with a lower score were left out.", japanese: "スコアの低い\(count)通りは省きました。")
  }
  static func caption(_ hidden: Int) -> Markup {
    let more =
      hidden > 0 ? Markup(english: " \(hidden) more are not listed.", japanese: "ほかに\(hidden)通りあります。") : .empty
    return Markup(
      english:
        "One row is one combination that is on the front or may be, best score first; means over seeds, and how often it is on the front.\(more)",
      japanese: "1行が、フロント上にある、またはその可能性がある組み合わせです。スコアの良い順に、シードの平均とフロント上に入る割合を示します。\(more)")
  }
  static let spent = Markup(english: "Spent", japanese: "支出")
  static let state = Markup(english: "State", japanese: "状態")
  static let chance = Markup(english: "On the front", japanese: "フロント上の割合")
  static func name(_ state: ParetoFront.State) -> Markup {
    switch state {
    case .onFront: Markup(english: "on the front", japanese: "フロント上")
    case .ambiguous: Markup(english: "perhaps on the front", japanese: "フロント上かもしれない")
    case .dominated: Markup(english: "dominated", japanese: "ほかに劣る")
    }
  }
  static func title(_ first: Metric, _ second: Metric) -> Markup {
    Markup(
      english: "\(first.shownTitle) and \(second.shownTitle) of every combination",
      japanese: "各組み合わせの\(first.shownTitle)と\(second.shownTitle)")
  }
  static func description(_ count: Int) -> Markup {
    Markup(
      english: "\(count) combinations; filled marks are on the front of all utilities, ringed ones may be.",
      japanese: "\(count)通りの組み合わせ。塗りつぶしは全指標のフロント上、縁取りはその可能性があるもの。")
  }
}
