import Sweeps

/// What ``GoalCard`` says.
enum GoalWords {
  static func question(_ metric: Metric, _ target: String, budgets: [String]) -> Markup {
    let (name, sign) = (SettingWords.inSentence(metric), metric.direction == .lowerIsBetter ? "≤" : "≥")
    let list = budgets.joined(separator: ", ")
    return Markup(
      english: "The question: what reaches \(name) \(sign) \(target) for the least money? Measured at \(list).",
      japanese: "問い：\(name) \(sign) \(target) に最も安く達するのはどれか（測った予算：\(list)）。")
  }

  static let none = Markup(
    english: "Nothing that was measured reaches it.", japanese: "測った範囲で、これに達するものはありません。")

  static func nearest(_ option: Markup, _ value: String) -> Markup {
    Markup(
      english: "Nearest comes \(option) with \(strong: value).", japanese: "最も近いのは \(option) の\(strong: value)です。")
  }

  static func cost(_ amount: String) -> Markup {
    Markup(english: "It takes about \(amount).", japanese: "費用は約\(amount)です。")
  }

  static func value(_ metric: Metric, _ value: String, _ budget: String, items: String) -> Markup {
    Markup(
      english: "\(metric.shownTitle): \(strong: value) at \(budget), with \(items) training images.",
      japanese: "\(metric.shownTitle)：予算\(budget)、学習用画像\(items)枚で\(strong: value)。")
  }

  static let interpolated = Markup(
    english: "The money is read off the curve between two budgets, straight over its logarithm.",
    japanese: "費用は、2つの予算の間の曲線（費用の対数に対して直線）から読み取った値です。")

  static func reaches(isSure: Bool) -> Markup {
    isSure
      ? Markup(
        english: "That it is good enough is more than chance (t-test over the seeds, 5\u{A0}%).",
        japanese: "目標に達することは偶然とはいえません（シードについてのt検定、5\u{A0}%）。")
      : Markup(
        english: "Its mean is good enough; that it is so beyond chance is not shown.",
        japanese: "平均は目標に達していますが、偶然でないとは言い切れません。")
  }

  static func cheapest(_ chance: String, _ next: Markup) -> Markup {
    Markup(
      english: "It is cheaper than \(next) in \(chance) of the redraws of the seeds.",
      japanese: "シードの再抽出の \(chance) で \(next) より安く済みます。")
  }

  static func others(_ count: Int) -> Markup {
    Markup(
      english: "\(Numbers.counted(count, "other")) that \(count == 1 ? "reaches" : "reach") it, cheapest first",
      japanese: "ほかに達するもの（\(count)通り、安い順）")
  }

  static func other(_ option: Markup, _ cost: String, isSure: Bool) -> Markup {
    let doubt = isSure ? Markup.empty : Markup(english: " (not beyond chance)", japanese: "（偶然の可能性あり）")
    return Markup(english: "\(option): \(cost)\(doubt)", japanese: "\(option)：\(cost)\(doubt)")
  }
}
