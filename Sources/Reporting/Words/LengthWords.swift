/// What ``LengthSection`` says.
enum LengthWords {
  static let heading = Markup(english: "Training length", japanese: "学習の長さ")

  static func sentence(same: Int, of count: Int) -> Markup {
    if same == count {
      return Markup(
        english: "However long is trained, the same comes first: the answer does not depend on the training length.",
        japanese: "学習の長さを変えても首位は同じです。答えは学習の長さによりません。")
    }
    return Markup(
      english:
        "What comes first changes with the training length in \(count - same) of \(Numbers.counted(count, "setting")): the answer holds for the length that the models will be trained for.",
      japanese: "\(count)通りの設定のうち\(count - same)通りで、学習の長さによって首位が変わります。実際に学習させる長さでの答えを使ってください。")
  }

  /// Where the changes are not decided.
  static let undecided = Markup(
    english: "No first place that changes is decided, so the change may be chance: more seeds would tell.",
    japanese: "入れ替わった首位はどれも決着していないため、この違いは偶然かもしれません。シードを増やすと分かります。")

  static let caption = Markup(
    english:
      "What comes first by training length. One row is one setting; τ is Kendall's, between the order of all options there and in the first row of the same budget: 1 is the same order, 0 none.",
    japanese: "学習の長さごとの首位。1行が1つの設定です。τは、同じ予算の最初の行との、すべての選択肢の順位についてのケンドールのτです（1は同じ順位、0は無関係）。")
  static let corner = Markup(english: "Setting", japanese: "設定")
  static let columns = [
    Markup(english: "First", japanese: "首位"), Markup(english: "Score", japanese: "点数"),
    Markup(english: "How sure", japanese: "確かさ"), Markup(english: "τ", japanese: "τ"),
    Markup(english: "Options", japanese: "選択肢の数"),
  ]
}
