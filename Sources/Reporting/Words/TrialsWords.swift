/// What ``TrialsSection`` says.
enum TrialsWords {
  static let heading = Markup(english: "All trials", japanese: "すべての試行")
  static let explanation = Markup(
    english:
      "Every number above is made from these; numbers with a dotted line lead to the trials that they average. A trial is kept in the store as a task with an outcome and objects: \(code: "winnow store show") shows any of them by its first digits, \(code: "winnow results --csv") gives all numbers at once.",
    japanese:
      "上の数値はすべて、これらの試行から計算したものです。点線の付いた数値から、平均に使った試行へ移動できます。各試行は、タスク、結果、オブジェクトとしてストアに保存されています。\(code: "winnow store show") に先頭の桁を渡すと、どれでも表示できます。\(code: "winnow results --csv") ですべての数値をまとめて取り出せます。"
  )
  static func summary(_ title: Markup, _ count: Int) -> Markup {
    Markup(english: "\(title): \(Numbers.counted(count, "trial"))", japanese: "\(title)：\(count)件の試行")
  }
  static func mixes(_ title: Markup) -> Markup {
    Markup(english: "\(title), split budgets", japanese: "\(title)、予算の分割")
  }
  static func caption(_ title: Markup) -> Markup {
    Markup(
      english:
        "\(title). One row is one trial: images bought, money spent, the utilities of the first page, the first digits of its task, of its outcome and of the objects that it stored; \(code: "winnow store show DIGITS") shows each.",
      japanese:
        "\(title)。1行が1件の試行で、購入枚数、支出、最初のページの指標、タスク・結果・保存したオブジェクトの先頭の桁を示します。それぞれ \(code: "winnow store show 桁") で表示できます。")
  }
  static let start = [
    SettingWords.wayOfCollecting, Markup(english: "Seed", japanese: "シード"),
    Markup(english: "Images", japanese: "枚数"), Markup(english: "Spent", japanese: "支出"),
  ]
  static let end = [
    Markup(english: "Task", japanese: "タスク"), Markup(english: "Outcome", japanese: "結果"),
    Markup(english: "Objects", japanese: "オブジェクト"),
  ]
}
