import Sweeps

/// What other questions would answer, one sentence each.
enum OtherAnswerWords {
  static let heading = Markup(english: "If you asked something else", japanese: "ほかの問いなら")

  /// Of those that answer the same.
  static func same(_ questions: [Markup]) -> Markup {
    let list = Markup.list(of: questions)
    return Markup(
      english: "Asked for \(list), the answer would be the same.", japanese: "\(list)で選んでも、答えは同じです。")
  }

  static func sameButOpen(_ questions: [Markup]) -> Markup {
    let list = Markup.list(of: questions)
    return Markup(
      english: "Asked for \(list), the same comes first, but whether it is the best by that is open.",
      japanese: "\(list)で選んでも首位は同じですが、それが最良かどうかは未確定です。")
  }

  static func question(_ other: OtherAnswer) -> Markup {
    guard let metric = other.weights.single, other.weights.origin != .average else {
      let names = Markup.list(of: other.weights.entries.map { SettingWords.inSentence($0.metric) })
      return Markup(
        english: "the plain mean of \(names)", japanese: "\(names)の単純平均")
    }
    let name = SettingWords.inSentence(metric)
    return Markup(english: "\(name) alone", japanese: "\(name)だけ")
  }

  /// `Asked for robustness alone, the answer would be margin on expert: it has 66.2 % there, and what is recommended 64.0 %
  /// (its first place is open).`
  static func different(_ other: OtherAnswer) -> Markup {
    let (asked, choice) = (question(other), DecisionWords.option(other.choice))
    guard let own = other.ownScore, let lead = other.lead else {
      return Markup(
        english: "Asked for \(asked), the answer would be \(choice); what is recommended was not measured by that.",
        japanese: "\(asked)で選ぶなら、答えは \(choice) です。推奨した選択肢には、この指標の値がありません。")
    }
    let doubt = FactWords.doubt(
      hasInterval: other.interval != nil, isDecided: other.isDecided,
      open: Markup(english: "its first place is open", japanese: "首位は未確定"))
    let points = SettingWords.points(Numbers.decimal(lead, lead < 0.1 ? 2 : 1))
    guard let metric = other.weights.single, metric.unit == .fraction else {
      return Markup(
        english: "Asked for \(asked), the answer would be \(choice), \(points) ahead (\(doubt)).",
        japanese: "\(asked)で選ぶなら、答えは \(choice) で、差は\(points)です（\(doubt)）。")
    }
    let (theirs, ours) = (Numbers.percent(abs(other.score) / 100), Numbers.percent(abs(own) / 100))
    return Markup(
      english:
        "Asked for \(asked), the answer would be \(choice): \(theirs) there against \(ours) of what is recommended (\(doubt)).",
      japanese: "\(asked)で選ぶなら、答えは \(choice) です。推奨した選択肢の\(ours)に対して\(theirs)です（\(doubt)）。")
  }

  static func silent(_ utility: SilentUtility) -> Markup {
    let (name, value) = (SettingWords.inSentence(utility.metric), Numbers.value(utility.value, of: utility.metric))
    switch utility.reason {
    case .constant:
      return Markup(
        english: "Left out of every mean, because it is \(value) in every trial: \(name).",
        japanese: "どの試行でも\(value)なので、どの平均からも除いたもの：\(name)。")
    case .edge:
      return Markup(
        english: "Left out of every mean, because it is \(value) in more than half of the trials: \(name).",
        japanese: "半分を超える試行で\(value)なので、どの平均からも除いたもの：\(name)。")
    }
  }
}
