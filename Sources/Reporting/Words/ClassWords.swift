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
  static func easiest(_ shown: Int) -> Markup {
    Markup(english: "The \(shown) easiest classes", japanese: "最も易しい\(shown)クラス")
  }
  static let easiestCaption = Markup(
    english: "The same for the classes that are easiest for random, the easiest first.",
    japanese: "同じ表を、無作為購入にとって易しいクラスについて、易しい順に示します。")
  static func everyClass(_ count: Int) -> Markup {
    Markup(english: "All \(Numbers.count(count)) classes by name", japanese: "\(Numbers.count(count))クラスすべて（名前順）")
  }
  static let everyCaption = Markup(
    english: "The same for every class, in the order of their names.", japanese: "同じ表を、すべてのクラスについて名前順に示します。")
  static let elsewhere = Markup(
    english:
      "\(.code("winnow classes")) sorts and searches classes, says what each is most often taken for, and writes CSV.",
    japanese: "\(.code("winnow classes"))で、クラスの並べ替えと検索、最も多い取り違えの表示、CSVへの書き出しができます。")
  static let corner = Markup(english: "Class", japanese: "クラス")
  static func name(_ index: Int) -> Markup { Markup(english: "class \(index)", japanese: "クラス\(index)") }
}
