/// What ``RobustnessSection`` says.
enum RobustnessWords {
  static let heading = Markup(english: "Robustness by corruption", japanese: "劣化の種類ごとの頑健性")
  static func caption(_ count: Int) -> Markup {
    Markup(
      english:
        "Accuracy in percent under \(count) corruptions of the test images, means over severities, ways of collecting and seeds. One row is one corruption, hardest for random first; the last row is mCE, the error relative to random's (below 1 is more robust). Shades are differences to random.",
      japanese:
        "テスト画像を\(count)種類の方法で劣化させたときの正解率（%）。強さ、集め方、シードの平均です。1行が1種類の劣化で、無作為購入にとって難しい順に並べます。最後の行は mCE、つまり無作為購入に対する誤りの比（1より小さいほど頑健）です。色の濃さは無作為購入との差を表します。"
    )
  }
  static let corner = Markup(english: "Corruption", japanese: "劣化")
  static let severities = Markup(english: "By severity", japanese: "強さごと")
  static func severityCaption(_ severities: Int) -> Markup {
    Markup(
      english:
        "Accuracy in percent by severity, means over corruptions. One row is one severity from 1 (mild) to \(severities) (strong).",
      japanese: "強さごとの正解率（%）。劣化の種類の平均です。1行が1つの強さで、1（弱い）から\(severities)（強い）まであります。")
  }
  static let severity = Markup(english: "Severity", japanese: "強さ")
  static let mean = Markup(english: "mean", japanese: "平均")
  static let mce = Markup.text("mCE")
}
