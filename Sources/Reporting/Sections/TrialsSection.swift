import Sweeps

/// Every finished trial with the digests that lead to its bytes, a table a setting.
struct TrialsSection {
  let settings: [SettingAnalysis]
  let currency: String

  private enum Words {
    static let heading = Markup(english: "All trials", japanese: "すべての試行")
    static let explanation = Markup(
      english:
        "Every number above is a mean over these. \(code: "winnow store show") takes the digits of a task or an outcome.",
      japanese: "上の数値はすべて、これらの試行の平均です。\(code: "winnow store show") にタスクや結果の先頭の桁を渡すと中身を表示します。")
    static func summary(_ title: Markup, _ count: Int) -> Markup {
      Markup(english: "\(title): \(Numbers.counted(count, "trial"))", japanese: "\(title)：\(count)件の試行")
    }
    static func caption(_ title: Markup) -> Markup {
      Markup(
        english:
          "\(title). One row is one trial: images bought, money spent, the utilities of the first page, and the first digits of its task and outcome.",
        japanese: "\(title)。1行が1件の試行で、購入枚数、支出、最初のページの指標、タスクと結果の先頭の桁を示します。")
    }
    static let start = [
      SettingWords.wayOfCollecting, Markup(english: "Seed", japanese: "シード"),
      Markup(english: "Images", japanese: "枚数"), Markup(english: "Spent", japanese: "支出"),
    ]
    static let end = [Markup(english: "Task", japanese: "タスク"), Markup(english: "Outcome", japanese: "結果")]
  }

  var markup: Markup {
    let tables = settings.filter { $0.grid.finished > 0 }.map { setting in
      let title = SettingWords.title(setting.setting, currency: currency)
      return Markup.details(Words.summary(title, setting.grid.finished), [table(setting, title).markup])
    }
    return .element("section", ["id": "trials"], [.heading(2, Words.heading), .paragraph(Words.explanation)] + tables)
  }

  private func table(_ setting: SettingAnalysis, _ title: Markup) -> DataTable {
    let metrics = setting.utilities.map(\.metric)
    let columns =
      Words.start.enumerated().map { DataTable.Column($0.element, isNumber: $0.offset > 0) }
      + metrics.map { DataTable.Column($0.shownTitle) } + Words.end.map { DataTable.Column($0, isNumber: false) }
    let results = setting.grid.strategies.indices.flatMap { setting.grid.results($0) }
    return DataTable(
      caption: Words.caption(title), corner: SettingWords.strategy, columns: columns,
      rows: results.map { row($0, metrics) },
      style: "trials")
  }

  private func row(_ result: TrialResult, _ metrics: [Metric]) -> DataTable.Row {
    let values = result.values
    let numbers =
      [
        Numbers.count(result.point.seed), Numbers.count(values.items), Numbers.money(values.ledger.total),
      ] + metrics.map { Numbers.value(values.metrics[$0.name], of: $0, bare: true) }
    return DataTable.Row(
      [.code(result.point.strategy.label)],
      [.text(result.point.shift)] + numbers.map { .number($0) } + [
        DataTable.Cell([.code(result.task.short)]), DataTable.Cell([.code(result.outcome.short)]),
      ])
  }
}
