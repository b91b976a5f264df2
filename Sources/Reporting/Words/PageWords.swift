import Sweeps

/// What frames the page: title, contents, footer.
enum PageWords {
  static let product = Markup(english: "Winnow report", japanese: "Winnow レポート")
  static func title(_ name: String) -> Markup {
    Markup(english: "\(product): \(name)", japanese: "\(product)：\(name)")
  }
  static let footer = Markup(
    english:
      "Made by Winnow from its store alone: the same store gives the same page. Nothing is loaded from elsewhere.",
    japanese: "Winnow がストアの内容だけから作成しました。同じストアからは同じページができます。外部からは何も読み込みません。")
  /// What a screen reader says of a plot.
  static func spoken(_ title: Markup, _ description: Markup) -> Markup {
    Markup(english: "\(title). \(description)", japanese: "\(title)。\(description)")
  }
  static let skip = Markup(english: "Skip to the answer", japanese: "答えへ移動")
  static let contents = Markup(english: "On this page", japanese: "このページの内容")
  static let appendix = Markup(
    english:
      "Appendix: the evidence. What follows is for whoever wants to check the answer, or to ask more of the trials.",
    japanese: "付録：根拠。ここから先は、答えを確かめたい方や、さらに詳しく知りたい方のためのものです。")
  static func evidence(_ setting: Markup) -> Markup {
    Markup(english: "Evidence at \(setting)", japanese: "根拠（\(setting)）")
  }
  static let entries = [
    (id: "decision", title: DecisionWords.heading), (id: "worth", title: MultiplierWords.heading),
    (id: "field", title: FieldWords.heading), (id: "choosing", title: ChoosingWords.heading),
    (id: "answer", title: AnswerWords.heading),
    (id: "uncertain", title: UncertaintyWords.heading),
    (id: "curves", title: Markup(english: "Utility against cost", japanese: "費用と指標の関係")),
    (id: "lengths", title: LengthWords.heading), (id: "datasets", title: DatasetsWords.heading),
    (id: "mixes", title: Markup(english: "Splitting the budget", japanese: "予算の分け方")),
    (id: "facts", title: Markup(english: "Facts", japanese: "根拠の表")),
    (id: "pictures", title: Markup(english: "Pictures", japanese: "画像の例")),
    (id: "pools", title: Markup(english: "Pools", japanese: "候補プール")),
    (id: "missing", title: Markup(english: "Missing trials", japanese: "欠けている試行")),
    (id: "method", title: Markup(english: "Method", japanese: "測り方")),
    (id: "provenance", title: Markup(english: "Provenance", japanese: "来歴")),
    (id: "trials", title: Markup(english: "All trials", japanese: "すべての試行")),
  ]
}
