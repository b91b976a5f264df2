/// What ``PoolsSection`` says.
enum PoolsWords {
  static let heading = Markup(english: "The pools", japanese: "候補プール")
  static let caption = Markup(
    english:
      "What was chosen from. One row is one part of the data set: images, the smallest and largest class, wrong labels in percent where the truth is known, how labels came to be, licence.",
    japanese:
      "選択の対象。1行がデータセットの1つの部分で、画像数、最小と最大のクラスの枚数、（真のクラスが分かる場合の）誤ったラベルの割合（%）、ラベルの由来、ライセンスを示します。")
  static let part = Markup(english: "Part", japanese: "部分")
  static let columns = [
    Markup(english: "Images", japanese: "画像数"), Markup(english: "Smallest class", japanese: "最小のクラス"),
    Markup(english: "Largest class", japanese: "最大のクラス"), Markup(english: "Wrong labels", japanese: "誤ったラベル"),
    Markup(english: "Labels", japanese: "ラベルの由来"), Markup(english: "Licence", japanese: "ライセンス"),
  ]
  static let unchecked = Markup(english: "not checked", japanese: "未確認")
  static let none = Markup(
    english: "The store holds no description of the pools.", japanese: "ストアに候補プールの説明がありません。")
  static let more = Markup(english: "Everything recorded about the parts", japanese: "各部分の記録すべて")
  static let moreCaption = Markup(
    english: "One row is one recorded fact of one part.", japanese: "1行が、1つの部分についての1つの記録です。")
  static let fact = Markup(english: "Fact", japanese: "項目")
  static let value = Markup(english: "Value", japanese: "値")
}
