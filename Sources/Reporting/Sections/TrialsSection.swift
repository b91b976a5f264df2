import Core
import Sweeps

/// Every finished trial with what leads to its bytes in the store, a table a setting. Aggregated numbers link here.
struct TrialsSection {
  let settings: [SettingAnalysis]
  /// The objects that each trial stored, by task and name.
  let objects: [TaskID: [String: Digest]]
  let currency: String

  private enum Words {
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
          "\(title). One row is one trial: images bought, money spent, the utilities of the first page, the command that shows its task, the first digits of its outcome and of the objects that it stored.",
        japanese:
          "\(title)。1行が1件の試行で、購入枚数、支出、最初のページの指標、タスクを表示するコマンド、結果と保存したオブジェクトの先頭の桁を示します。")
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

  var markup: Markup {
    let tables = settings.flatMap { setting -> [Markup] in
      let title = SettingWords.title(setting.setting, currency: currency)
      let metrics = setting.utilities.map(\.metric)
      return [(setting.grid, title), (setting.mixes, Words.mixes(title))].filter { $0.0.finished > 0 }.map {
        .details(Words.summary($1, $0.finished), [table($0, metrics, $1).markup])
      }
    }
    return .element("section", ["id": "trials"], [.heading(2, Words.heading), .paragraph(Words.explanation)] + tables)
  }

  private func table(_ grid: Grid, _ metrics: [Metric], _ title: Markup) -> DataTable {
    let hasObjects = !objects.isEmpty
    let columns =
      Words.start.enumerated().map { DataTable.Column($0.element, isNumber: $0.offset > 0) }
      + metrics.map { DataTable.Column($0.shownTitle) }
      + Words.end.prefix(hasObjects ? 3 : 2).map { DataTable.Column($0, isNumber: false) }
    let rows = grid.strategies.indices.flatMap { strategy in
      grid.shifts.indices.flatMap { shift in
        grid.results(strategy, shift: shift).enumerated().map { index, result in
          let seed = grid.seeds.firstIndex(of: result.point.seed)!
          let isFirst = grid.shifts.indices.first { !grid.results(strategy, shift: $0).isEmpty } == shift && index == 0
          return DataTable.Row(
            [
              .element(
                "code", [isFirst ? "id" : "": Anchor.trials(grid, strategy)], [.text(result.point.strategy.label)])
            ],
            cells(
              result, hasObjects: hasObjects,
              measured: metrics.map {
                Numbers.value(grid.value($0.name, strategy, shift, seed: seed), of: $0, bare: true)
              }),
            id: index == 0 ? Anchor.trials(grid, strategy, shift: shift) : "")
        }
      }
    }
    return DataTable(
      caption: Words.caption(title), corner: SettingWords.strategy, columns: columns, rows: rows, style: "trials")
  }

  private func cells(_ result: TrialResult, hasObjects: Bool, measured: [String]) -> [DataTable.Cell] {
    let values = result.values
    let numbers =
      [Numbers.count(result.point.seed), Numbers.count(values.items), Numbers.money(values.ledger.total)]
      + measured
    let stored = (objects[result.task] ?? [:]).sorted { $0.key < $1.key }.map { name, digest in
      Markup.group([.text(name + "\u{A0}"), command(digest.short)])
    }
    return [DataTable.Cell([.code(result.point.shift)])] + numbers.map { .number($0) } + [
      DataTable.Cell([command("winnow store show \(result.task.short)")], style: "name"),
      DataTable.Cell([command(result.outcome.short)]),
    ] + (hasObjects ? [DataTable.Cell([.joined(stored, by: .text(" "))], style: "name")] : [])
  }

  /// Text that one click selects, to be copied.
  private func command(_ text: String) -> Markup { .element("code", ["class": "copy"], [.text(text)]) }
}
