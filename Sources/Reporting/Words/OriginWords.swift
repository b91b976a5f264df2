/// What ``OriginTable`` says.
enum OriginWords {
  static let heading = Markup(english: "Where the bought samples are from", japanese: "購入したサンプルの由来")
  static let caption = Markup(
    english:
      "One row is one way of buying: how many samples a trial bought, under which licences they are, how their labels were made, and how many of them are synthetic, as the description of the data set says. Shares are of the samples of all trials.",
    japanese: "1行が1つの購入方法で、1試行で購入したサンプル数、ライセンス、ラベルの由来、合成サンプルの割合を示します（データセットの記述による）。割合は全試行のサンプルに対するものです。")
  static let corner = Markup(english: "Subset", japanese: "サブセット")
  static let columns = [
    Markup(english: "Samples", japanese: "サンプル数"), Markup(english: "Licences", japanese: "ライセンス"),
    Markup(english: "Labels", japanese: "ラベルの由来"), Markup(english: "Synthetic", japanese: "合成の割合"),
  ]
  static let unknown = Markup(english: "not stated", japanese: "記載なし")

  static func allowed(_ licences: String) -> Markup {
    Markup(
      english: "The sweep allows only samples under these licences: \(licences).",
      japanese: "このスイープで使えるサンプルのライセンス：\(licences)。")
  }
  static func within(_ pool: String) -> Markup {
    Markup(english: "every choice from \(.code(pool))", japanese: "\(.code(pool))からの選択すべて")
  }
  static func budget(_ amount: String) -> Markup {
    Markup(english: ", budget \(amount)", japanese: "、予算\(amount)")
  }
  static func between(_ least: String, _ most: String) -> Markup {
    Markup(english: "between \(least) and \(most)", japanese: "\(least)から\(most)の間")
  }
}
