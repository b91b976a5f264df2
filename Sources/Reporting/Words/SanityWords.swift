import Sweeps

/// The sentences of the checks that results are as they must be.
enum SanityWords {
  static let heading = Markup(english: "Do the results make sense?", japanese: "結果はもっともらしいか")
  static let explanation = Markup(
    english:
      "Some things are known before measuring. Where they do not hold, the reason is looked for in what was bought.",
    japanese: "測る前から分かっていることがあります。そのとおりになっていない場合は、購入した画像の中に理由を探します。")
  static let pool = SettingWords.wayOfCollecting
  static let holds = Markup(english: "As expected?", japanese: "予想どおりか")
  static let yes = Markup(english: "yes", japanese: "はい")
  static let within = Markup(english: "within chance", japanese: "偶然の範囲")
  static let no = Markup(english: "no", japanese: "いいえ")

  // MARK: Clean labels

  static let clean = Markup(
    english: "Clean labels are worth something where labels are wrong", japanese: "ラベルに誤りがあれば、正しいラベルには価値がある")
  static let cleanCaption = Markup(
    english:
      "Accuracy in percent on pools with wrong labels. One row is one pool: it should rise from random over filtered to known-clean labels; in brackets the wrong labels among what was bought. The last column says what the bought data explain where filtering is not ahead.",
    japanese:
      "ラベルに誤りのある候補プールでの正解率（%）。1行が1つの候補プールで、無作為、ふるい分け、正しいラベルだけ、の順に高くなるはずです。括弧内は購入した画像のうち誤ったラベルの割合です。ふるい分けが上回らない場合は、データから分かる理由を最後の列に示します。"
  )

  static func value(_ value: Markup, noise: String) -> Markup {
    Markup(english: "\(value) (\(noise))", japanese: "\(value)（\(noise)）")
  }

  // MARK: Target-aware strategies

  static let target = Markup(
    english: "Strategies that know the place of use do better there", japanese: "利用環境を知っている選び方は、そこで良い結果を出す")
  static let targetCaption = Markup(
    english:
      "Accuracy on the deployment images, in percent. One row is one strategy on one pool against random at equal cost; the last column says what the bought data explain where it is not ahead.",
    japanese:
      "利用環境の画像での正解率（%）。1行が1つの候補プールでの1つの選び方で、同じ費用の無作為購入と比べます。上回らない場合は、購入したデータから分かる理由を最後の列に示します。")
  static let targetColumns = [
    pool, Markup(english: "Deployment", japanese: "運用環境"), Markup(english: "To random", japanese: "無作為との差"),
    Markup(english: "Images", japanese: "枚数"), Markup(english: "random’s", japanese: "無作為の枚数"), holds,
    reason,
  ]
  static let reason = Markup(english: "What the data say", japanese: "データから分かること")

  static func fewer(_ share: String, looking: String) -> Markup {
    Markup(
      english: "bought \(share) fewer images, as \(looking) of the money went into obtaining and examining candidates",
      japanese: "支出の\(looking)を候補の入手と確認に使い、購入枚数が\(share)少ない")
  }
  static func noise(_ points: String) -> Markup {
    Markup(english: "\(points) points more wrong labels", japanese: "誤ったラベルが\(points)ポイント多い")
  }
  static func balance(_ own: String, _ other: String) -> Markup {
    Markup(
      english: "less balanced classes (Gini \(own), random \(other))", japanese: "クラスの偏りが大きい（ジニ係数 \(own)、無作為は \(other)）"
    )
  }
  static func distance(_ own: String, _ other: String) -> Markup {
    Markup(
      english: "no nearer to the deployment images (distance \(own), random \(other))",
      japanese: "利用環境の画像に近づいていない（距離 \(own)、無作為は \(other)）")
  }
  static func nearer(_ own: String, _ other: String) -> Markup {
    Markup(
      english: "though nearer to the deployment images (distance \(own), random \(other))",
      japanese: "利用環境の画像には近い（距離 \(own)、無作為は \(other)）")
  }
  static let unexplained = Markup(english: "nothing measured explains it", japanese: "測った範囲では説明できない")

  // MARK: Intervals

  static let narrowing = Markup(english: "More seeds make intervals narrower", japanese: "シードを増やすと信頼区間は狭くなる")
  static func narrowingCaption(_ metric: Metric) -> Markup {
    Markup(
      english:
        "The 95\u{A0}% intervals of all differences to random in \(SettingWords.inSentence(metric)), computed again from fewer seeds. One row is one number of seeds: mean width, and how many intervals leave out 0, both over several choices of the seeds.",
      japanese:
        "\(metric.shownTitle)における無作為購入との差の95\u{A0}%信頼区間を、より少ないシードで計算し直しました。1行が1つのシード数で、平均の幅と、0を含まない区間の割合を示します（どちらも、シードの組み合わせを変えた平均です）。"
    )
  }
  static let seeds = Markup(english: "Seeds", japanese: "シード数")
  static let width = Markup(english: "Mean width", japanese: "平均の幅")
  static let clear = Markup(english: "Leave out 0", japanese: "0を含まない区間")
}
