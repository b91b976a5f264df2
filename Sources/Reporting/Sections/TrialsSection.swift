import Core
import Sweeps

/// Every finished trial with what leads to its bytes in the store, a table a setting. Aggregated numbers link here.
struct TrialsSection {
  let settings: [SettingAnalysis]
  /// The objects that each trial stored, by task and name.
  let objects: [TaskID: [String: Digest]]
  let currency: String

  var markup: Markup {
    let tables = settings.flatMap { setting -> [Markup] in
      let title = SettingWords.title(setting.setting, currency: currency)
      let metrics = setting.utilities.map(\.metric)
      return [(setting.grid, title), (setting.mixes, TrialsWords.mixes(title))].filter { $0.0.finished > 0 }.map {
        .details(TrialsWords.summary($1, $0.finished), [table($0, metrics, $1).markup])
      }
    }
    return .element(
      "section", ["id": "trials"], [.heading(2, TrialsWords.heading), .paragraph(TrialsWords.explanation)] + tables)
  }

  private func table(_ grid: Grid, _ metrics: [Metric], _ title: Markup) -> DataTable {
    let hasObjects = !objects.isEmpty
    let columns =
      TrialsWords.start.enumerated().map { DataTable.Column($0.element, isNumber: $0.offset > 0) }
      + metrics.map { DataTable.Column($0.shownTitle) }
      + TrialsWords.end.prefix(hasObjects ? 3 : 2).map { DataTable.Column($0, isNumber: false) }
    let rows = grid.strategies.indices.flatMap { strategy in
      grid.shifts.indices.flatMap { shift in
        grid.results(strategy, shift: shift).enumerated().map { index, result in
          let trial = grid.place(of: result.point)
          let isFirst = grid.shifts.indices.first { !grid.results(strategy, shift: $0).isEmpty } == shift && index == 0
          return DataTable.Row(
            [
              .element(
                "code", [isFirst ? "id" : "": Anchor.trials(grid, strategy)], [.text(result.point.strategy.label)])
            ],
            cells(
              result, hasObjects: hasObjects,
              measured: metrics.map {
                Numbers.value(grid.value($0.name, strategy, shift, trial: trial), of: $0, bare: true)
              }),
            id: index == 0 ? Anchor.trials(grid, strategy, shift: shift) : "")
        }
      }
    }
    return DataTable(
      caption: TrialsWords.caption(title), corner: SettingWords.strategy, columns: columns, rows: rows, style: "trials")
  }

  private func cells(_ result: TrialResult, hasObjects: Bool, measured: [String]) -> [DataTable.Cell] {
    let values = result.values
    let numbers =
      [Numbers.count(result.point.seed), Numbers.count(values.items), Numbers.money(values.ledger.total)]
      + measured
    let stored = (objects[result.task] ?? [:]).sorted { $0.key < $1.key }.map { name, digest in
      Markup.group([.text(name + "\u{A0}"), .code(digest.short)])
    }
    return [DataTable.Cell([.code(result.point.shift)])] + numbers.map { .number($0) } + [
      DataTable.Cell([.code(result.task.short)]), DataTable.Cell([.code(result.outcome.short)]),
    ] + (hasObjects ? [DataTable.Cell([.joined(stored, by: .text(" "))], style: "name")] : [])
  }
}
