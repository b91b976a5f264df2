/// What ``TerminalTable`` says.
enum TerminalWords {
  /// In small letters, as scripts that read release 1's tables know it.
  static let strategy = Markup(english: "strategy", japanese: "選び方")
  static let collecting = Markup(english: "collecting, at random", japanese: "集め方（無作為）")
  static let note = Markup(
    english: "Means, each with its difference to random; shares in percent, their differences in points.",
    japanese: "平均と、無作為購入との差。割合は%、その差はポイントで示します。")
  static let noReference = Markup(
    english: "Means; shares in percent. There is no random in this setting to compare them with.",
    japanese: "平均。割合は%で示します。この設定には比べる相手の random がありません。")
  static let star = Markup(
    english: "* This difference is decided: paired t-tests of all pairs of strategies at 5 %, after Holm's correction.",
    japanese: "* 差があるといえます（選び方のすべての組の対応のあるt検定、5 %、ホルム法で補正）。")
  static let oracle = Markup(english: "† not achievable, so never a winner", japanese: "† 実現できないため、首位にはなりません")
  static let mixes = Markup(english: "Budgets split between sources:", japanese: "複数の集め方に分けた予算：")

  /// - Parameter areDraws: whether the interval is over draws of the data set instead of seeds.
  static func best(_ replicates: Int, areDraws: Bool, isAgainstReference: Bool) -> Markup {
    let counted = ReplicateWords.counted(replicates, areDraws: areDraws)
    let interval = Markup(
      english: replicates > 1 ? " and 95 % interval, \(counted)" : ", \(counted)",
      japanese: replicates > 1 ? "と95 %信頼区間、\(counted)" : "、\(counted)")
    return isAgainstReference
      ? Markup(english: "Best by utility: difference to random\(interval)", japanese: "指標ごとの首位：無作為購入との差\(interval)")
      : Markup(english: "Best by utility: difference to the second\(interval)", japanese: "指標ごとの首位：2位との差\(interval)")
  }

  static func takenFor(_ name: String, _ count: Int) -> Markup {
    Markup(english: ", most often taken for \(name) (\(count))", japanese: "、最も多い誤り：\(name)（\(count)）")
  }

  static func margin(_ difference: String, _ interval: Markup) -> Markup {
    Markup(english: "\(difference) (\(interval))", japanese: "\(difference)（\(interval)）")
  }

  /// Of `random` in first place.
  static let notBeaten = Markup(english: "nothing is better", japanese: "上回るものなし")

  static func finished(_ count: Int, of expected: Int, failures: Int) -> Markup {
    let failed = Markup(
      english: failures > 0 ? " \(Numbers.counted(failures, "failure"))." : "",
      japanese: failures > 0 ? "失敗\(failures)件。" : "")
    return Markup(
      english: "\(Numbers.count(count)) of \(Numbers.count(expected)) trials finished.\(failed)",
      japanese: "\(Numbers.count(expected))件中\(Numbers.count(count))件の試行が終わりました。\(failed)")
  }

  static let illustrative = Markup(english: "Prices are illustrative.", japanese: "価格は例です。")
}
