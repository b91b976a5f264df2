import Sweeps

/// What ``FactSection`` and the badges of certainty say.
enum FactWords {
  static let heading = Markup(english: "The facts behind the sentences", japanese: "文の根拠")
  static let explanation = Markup(
    english:
      "Every sentence above about what comes first takes it from one row of this table, so that no two can disagree. “Sure” is decided by paired t-tests over the seeds at 5\u{A0}%: a first place when it is better than each rival, any other pair after Holm's correction over all pairs. “Likely” is not decided, but the best with a probability of 80\u{A0}% or more, from five seeds on. A row's lead and interval are over the one that comes next; a first place is open while any rival is. Scores are in points: shares in percent, anything else in percent of random's mean.",
    japanese:
      "上の文で「首位」や「最良」と述べていることは、すべてこの表のどれか1行に基づくので、文どうしが食い違うことはありません。「確か」は、シードごとに対応のあるt検定（5\u{A0}%）で決めます。首位はどの競争相手よりも良いとき、それ以外の組はすべての組についてのホルム補正後です。「おそらく」は、未確定でも、シードが5個以上あり最良である確率が80\u{A0}%以上のものです。各行の差と区間は次点に対するもので、どれか1つでも競争相手と区別できないあいだ、首位は未確定です。点数の単位はポイントで、割合は%、それ以外は無作為購入の平均に対する%です。"
  )
  /// What chance may have done to a difference, in brackets. `open` is said where it is not decided.
  static func doubt(hasInterval: Bool, isDecided: Bool, open: Markup) -> Markup {
    guard hasInterval else {
      return Markup(english: "one seed says nothing of chance", japanese: "シード1個では偶然かどうか分かりません")
    }
    return isDecided ? Markup(english: "more than chance", japanese: "差があるといえます") : open
  }
  static let notSeparable = Markup(english: "not separable", japanese: "差があるとは言い切れません")

  static func caption(_ setting: Markup) -> Markup {
    Markup(
      english: "First places at \(setting). One row is one question.", japanese: "\(setting)での首位。1行が1つの問いです。")
  }
  static let corner = Markup(english: "Question", japanese: "問い")
  static let columns = [
    Markup(english: "First", japanese: "首位"), Markup(english: "Value", japanese: "値"),
    Markup(english: "Compared with", japanese: "比べる相手"), Markup(english: "Lead", japanese: "差"),
    Markup(english: "95\u{A0}% interval", japanese: "95\u{A0}%信頼区間"), Markup(english: "How sure", japanese: "確かさ"),
  ]

  /// `Ways of collecting and choosing, by deployment`.
  static func question(_ scope: Fact.Scope, _ criterion: Markup) -> Markup {
    switch scope {
    case .options:
      Markup(english: "Collecting and choosing, by \(criterion)", japanese: "集め方と選び方（\(criterion)による）")
    case .sources:
      Markup(english: "Collecting, by \(criterion)", japanese: "集め方（\(criterion)による）")
    case .random:
      Markup(english: "Collecting, bought at random, by \(criterion)", japanese: "集め方、無作為に購入（\(criterion)による）")
    case .choosing:
      Markup(
        english: "Choosing, mean over all ways of collecting, by \(criterion)",
        japanese: "選び方、すべての集め方の平均（\(criterion)による）")
    }
  }

  static func criterion(_ key: String, _ weights: UtilityWeights, among catalogue: MetricCatalogue) -> Markup {
    switch key {
    case Fact.asked: DecisionWords.criterion(weights)
    case Fact.goal: Markup(english: "the money to reach the goal", japanese: "目標に達する費用")
    case Fact.average: Markup(english: "the mean of all utilities", japanese: "すべての指標の平均")
    default: catalogue[name: key].map { SettingWords.inSentence($0) } ?? .code(key)
    }
  }

  static func subject(_ subject: Fact.Subject) -> Markup {
    switch subject {
    case .option(let option): DecisionWords.option(option)
    case .source(let name): name == Grid.mix ? DecisionWords.mixed : .code(name)
    case .strategy(let choice): .code(choice.label)
    }
  }

  /// One word.
  static func certainty(_ certainty: Certainty) -> Markup {
    switch certainty {
    case .clear: DecisionWords.certain
    case .likely: DecisionWords.likely
    case .open: DecisionWords.open
    case .unknown: DecisionWords.unknown
    case .alone: Markup(english: "nothing to compare", japanese: "比較対象なし")
    }
  }

  /// One word in a coloured pill.
  static func badge(_ certainty: Certainty, _ words: Markup? = nil) -> Markup {
    .element("span", class: "badge \(certainty.style)", [words ?? Self.certainty(certainty)])
  }
}

extension Certainty {
  /// The class of the style sheet.
  var style: String {
    switch self {
    case .clear: "clear"
    case .likely, .open: "open"
    case .unknown, .alone: "none"
    }
  }
}

extension Markup {
  /// A sentence that says what a fact holds.
  static func stated(_ fact: Fact?, _ sentence: Markup) -> Markup {
    guard let fact else { return sentence }
    return .element("span", ["data-fact": fact.id], [sentence])
  }
}
