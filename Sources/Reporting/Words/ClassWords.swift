/// What ``ClassSection`` says.
enum ClassWords {
  static let heading = Markup(english: "Accuracy by class", japanese: "クラス別の正解率")
  static let caption = Markup(
    english:
      "Accuracy in percent on the base test images, means over ways of collecting and seeds. One row is one class, hardest for random first. Shades are differences to random.",
    japanese:
      "基本テスト画像での正解率（%）。集め方とシードの平均です。1行が1クラスで、無作為購入にとって難しいクラスから並べます。色の濃さは無作為購入との差を表します。")
  static let open = Markup(english: "All classes", japanese: "すべてのクラス")
  static func hardest(_ shown: Int, of total: Int) -> Markup {
    Markup(
      english: "The \(shown) hardest of \(Numbers.count(total)) classes",
      japanese: "\(Numbers.count(total))クラスのうち、最も難しい\(shown)クラス")
  }
  static let corner = Markup(english: "Class", japanese: "クラス")
  static func name(_ index: Int) -> Markup { Markup(english: "class \(index)", japanese: "クラス\(index)") }
}
