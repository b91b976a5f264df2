import Statistics
import Sweeps

/// What ``FrontSection`` says.
enum FrontWords {
  static let heading = Markup(english: "Accuracy against cost", japanese: "費用と正解率")
  static let noSpread = Markup(
    english:
      "Every trial spent nearly its whole budget, so total cost does not tell them apart: costs within 1\u{A0}% of the budget count as equal. The plots show instead how much of it went into choosing.",
    japanese:
      "どの試行も予算をほぼ使い切ったため、総費用では区別できません（差が予算の1\u{A0}%以内の費用は等しいとみなします）。そこで図には、そのうち選ぶために使った額を示します。")
  static let spread = Markup(
    english:
      "A point is on the front when nothing is both cheaper and better; costs within 1\u{A0}% of the budget count as equal. The line joins the points that are surely on it.",
    japanese:
      "より安く、しかもより良いものがほかにない点を、パレートフロント上の点と呼びます。差が予算の1\u{A0}%以内の費用は等しいとみなします。線は、確実にフロント上にある点を結びます。")
  static let oneSeed = Markup(
    english: "With one seed the states are those of single trials.", japanese: "シードが1個のため、状態は1回の試行だけで判断しています。")
  static let states: [(state: ParetoFront.State, name: Markup, look: Markup)] = [
    (
      .onFront, Markup(english: "on the front", japanese: "フロント上"), Markup(english: "filled", japanese: "塗りつぶし")
    ),
    (
      .ambiguous, Markup(english: "perhaps on the front", japanese: "フロント上かもしれない"),
      Markup(english: "ringed", japanese: "縁取り")
    ),
    (
      .dominated, Markup(english: "dominated", japanese: "ほかに劣る"), Markup(english: "faint outline", japanese: "薄い輪郭")
    ),
  ]
  static func key(_ name: Markup, _ look: Markup) -> Markup {
    Markup(english: "\(name) (\(look))", japanese: "\(name)（\(look)）")
  }
  static func cost(_ currency: String) -> Markup {
    Markup(english: "Spent per trial, \(currency)", japanese: "1試行あたりの支出（\(currency)）")
  }
  static func selection(_ currency: String) -> Markup {
    Markup(english: "Spent on choosing, \(currency)", japanese: "選ぶための支出（\(currency)）")
  }
  static func title(_ metric: Metric) -> Markup {
    Markup(english: "\(metric.shownTitle) against cost", japanese: "費用と\(metric.shownTitle)")
  }
  static func description(_ metric: Metric, _ points: Int, _ best: Markup) -> Markup {
    Markup(
      english:
        "\(metric.shownTitle) of \(points) combinations of strategy and way of collecting, means over seeds. Best: \(best). The table beside it lists the front.",
      japanese:
        "選び方と集め方の組み合わせ\(points)通りの\(metric.shownTitle)（シードの平均）。最良は\(best)。フロント上の組み合わせは、そばの表にあります。")
  }
  static func point(_ strategy: String, _ shift: String, _ value: String, _ cost: String, _ state: Markup) -> Markup {
    Markup(
      english: "\(strategy) on \(shift): \(value) for \(cost), \(state)",
      japanese: "\(shift) で \(strategy)：\(value)、費用 \(cost)、\(state)")
  }
  static func caption(_ metric: Metric, _ hidden: Int) -> Markup {
    let more =
      hidden > 0
      ? Markup(
        english: " \(hidden) more that may be are only in the plot.", japanese: "ほかにも可能性のある\(hidden)通りが図にだけあります。")
      : .empty
    return Markup(
      english:
        "\(metric.shownTitle): one row is one combination that is on the front or may be, best first; the last column is how often it is on the front when seeds are resampled.\(more)",
      japanese:
        "\(metric.shownTitle)：1行が、フロント上にある、またはその可能性がある組み合わせです。良い順に並べ、最後の列にはシードを再抽出したときフロント上に入る割合を示します。\(more)"
    )
  }
  static func outside(_ titles: [Markup]) -> Markup {
    let shown = Markup.joined(Array(titles.prefix(3)), by: Markup(english: "; ", japanese: "；"))
    let others = titles.count - 3
    let more = others > 0 ? Markup(english: "; and \(others) more", japanese: "；ほか\(others)件") : .empty
    return Markup(
      english: "Too far away for the plot: \(shown)\(more).", japanese: "離れすぎていて図に入らないもの：\(shown)\(more)。")
  }
  static let columns = [
    SettingWords.wayOfCollecting, Markup(english: "Mean", japanese: "平均"), Markup(english: "Spent", japanese: "支出"),
    Markup(english: "On the front", japanese: "フロント上の割合"),
  ]
}
