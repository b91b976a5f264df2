import Core
import Sweeps

/// What changed between two sweeps, in sentences for a terminal.
enum ComparisonWords {
  static func trials(_ comparison: SweepComparison) -> Markup {
    Markup(
      english:
        "\(Numbers.counted(comparison.commonTrials, "trial")) in both, \(comparison.equalTrials) of them with the same outcome; \(comparison.onlyBefore) only in the first, \(comparison.onlyAfter) only in the second.",
      japanese:
        "両方にある試行は\(comparison.commonTrials)件（結果が同じものは\(comparison.equalTrials)件）、1つ目だけの試行は\(comparison.onlyBefore)件、2つ目だけの試行は\(comparison.onlyAfter)件です。"
    )
  }

  // MARK: The request

  static let sameRequest = Markup(english: "Both ask for the same.", japanese: "2つのスイープの依頼は同じです。")
  static let otherRequest = Markup(english: "Asked for differently:", japanese: "依頼の違い：")
  static let noCommonSetting = Markup(
    english: "The two share no setting that could be compared.", japanese: "比べられる共通の設定がありません。")

  /// `strategies: without margin; with k-center`, or `training.steps: 600 → 900`.
  static func difference(_ difference: RequestDifference) -> Markup {
    func names(_ values: [JSONValue]) -> String { values.map(name).joined(separator: ", ") }
    guard difference.removed.isEmpty, difference.added.isEmpty else {
      let without = Markup(english: "without \(names(difference.removed))", japanese: "\(names(difference.removed)) なし")
      let with = Markup(english: "with \(names(difference.added))", japanese: "\(names(difference.added)) あり")
      let parts = (difference.removed.isEmpty ? [] : [without]) + (difference.added.isEmpty ? [] : [with])
      let list = Markup.clauses(parts)
      return Markup(english: "\(difference.path): \(list)", japanese: "\(difference.path)：\(list)")
    }
    let (before, after) = (value(difference.before), value(difference.after))
    return Markup(
      english: "\(difference.path): \(before) → \(after)", japanese: "\(difference.path)：\(before) → \(after)")
  }

  private static func name(_ value: JSONValue) -> String { value.text ?? value.canonicalText }
  private static func value(_ value: JSONValue?) -> Markup {
    value.map { Markup.text(name($0)) } ?? Markup(english: "not stated", japanese: "指定なし")
  }

  // MARK: A setting

  static func setting(_ part: SweepComparison.Part, currency: String) -> Markup {
    let (before, after) = (Numbers.money(part.budgetBefore), Numbers.money(part.budgetAfter))
    let budget = part.budgetBefore == part.budgetAfter ? after : "\(before) → \(after)"
    let (sizing, length) = (SettingWords.sizing(part.sizing), SettingWords.length(part.trainingLength))
    return Markup(
      english: "Budget \(budget) \(currency), \(sizing), \(length)",
      japanese: "予算 \(budget) \(currency)、\(sizing)、\(length)")
  }

  static let noVerdict = Markup(
    english: "Verdict: one of the two has none yet.", japanese: "推奨：どちらか一方では、まだ決まっていません。")

  static func verdict(_ new: Markup, insteadOf old: Markup?, margin: Markup?) -> Markup {
    let verdict =
      old.map { Markup(english: "Verdict: \(new) instead of \($0).", japanese: "推奨：\($0) から \(new) に変わりました。") }
      ?? Markup(english: "Verdict: still \(new).", japanese: "推奨：\(new) のままです。")
    guard let margin else { return verdict }
    return .sentences([verdict, Markup(english: "Its margin now: \(margin).", japanese: "現在の2位との差：\(margin)。")])
  }

  static func winner(_ winner: SweepComparison.Winner) -> Markup {
    func name(_ strategy: StrategyChoice?) -> Markup {
      strategy.map { Markup.text($0.label) } ?? Markup(english: "nobody", japanese: "該当なし")
    }
    let (old, new, title) = (name(winner.before), name(winner.after), winner.metric.shownTitle)
    return winner.isSame
      ? Markup(english: "\(title): still \(new) first", japanese: "\(title)：首位は \(new) のまま")
      : Markup(english: "\(title): \(new) first instead of \(old)", japanese: "\(title)：首位は \(old) から \(new) に")
  }

  // MARK: Changes

  static let noChange = Markup(english: "No change is more than noise.", japanese: "ばらつきを超える変化はありません。")
  static let changes = Markup(
    english: "More than noise (5 %, after Holm's correction):", japanese: "ばらつきを超える変化（5 %、ホルム法で補正）：")

  static func otherChanges(_ counts: [(finding: MeasuredChange.Finding, count: Int)]) -> Markup {
    let parts = counts.map { entry in
      Markup(
        english: "\(finding(entry.finding)): \(entry.count)", japanese: "\(finding(entry.finding))：\(entry.count)件")
    }
    let list = Markup.clauses(parts)
    return Markup(english: "Other changes: \(list).", japanese: "ほかの変化：\(list)。")
  }

  private static func finding(_ finding: MeasuredChange.Finding) -> Markup {
    switch finding {
    case .unchanged: Markup(english: "unchanged", japanese: "変化なし")
    case .moreThanNoise: Markup(english: "more than noise", japanese: "ばらつきを超える")
    case .withinNoise: Markup(english: "within noise", japanese: "ばらつきの範囲内")
    case .tooFewTrials: Markup(english: "too few trials to tell", japanese: "試行が少なく判断できない")
    }
  }

  /// `Accuracy of margin on expert: 80.1 % → 82.4 %, +2.3 points (+1.1 to +3.5), p 0.004, 18 pairs`.
  static func change(_ change: MeasuredChange) -> Markup {
    let metric = change.metric
    let (title, name) = (metric.shownTitle, change.strategy.label)
    let subject =
      change.shift.map {
        Markup(english: "\(title) of \(name) on \($0)", japanese: "\($0) での \(name) の\(title)")
      } ?? Markup(english: "\(title) of \(name)", japanese: "\(name) の\(title)")
    let values = "\(Numbers.value(change.before, of: metric)) → \(Numbers.value(change.after, of: metric))"
    let size = SettingWords.difference(change.difference, metric)
    let difference =
      change.interval.map { SettingWords.interval($0, metric) }.map {
        Markup(english: "\(size) (\($0))", japanese: "\(size)（\($0)）")
      } ?? size
    let p = change.adjusted.map {
      Markup(english: "p \(Numbers.decimal($0, 3))", japanese: "p値 \(Numbers.decimal($0, 3))")
    }
    let trials =
      change.isPaired
      ? Markup(english: "\(Numbers.counted(change.trials, "pair"))", japanese: "\(change.trials)組")
      : Markup(english: "\(Numbers.counted(change.trials, "unpaired trial"))", japanese: "対応のない試行\(change.trials)件")
    let details = Markup.joined(
      [Markup.text(values), difference] + (p.map { [$0] } ?? []) + [trials], by: Markup(english: ", ", japanese: "、"))
    return Markup(english: "\(subject): \(details)", japanese: "\(subject)：\(details)")
  }
}
