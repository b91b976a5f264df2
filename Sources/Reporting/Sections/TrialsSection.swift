import Sweeps

/// Every finished trial with the digests that lead to its bytes, a table a setting.
struct TrialsSection {
  let settings: [SettingAnalysis]
  let currency: String

  private enum Words {
    static let heading = "All trials"
    static let explanation: Markup =
      "Every number above is a mean over these. \(code: "winnow store show") takes the digits of a task or an outcome."
    static func summary(_ title: String, _ count: Int) -> String { "\(title): \(Numbers.counted(count, "trial"))" }
    static func caption(_ title: String) -> String {
      "\(title). One row is one trial: images bought, money spent, the utilities of the first page, and the first digits of its task and outcome."
    }
    static let start = ["Way of collecting", "Seed", "Images", "Spent"]
    static let end = ["Task", "Outcome"]
  }

  var markup: Markup {
    let tables = settings.filter { $0.grid.finished > 0 }.map { setting in
      let title = SettingWords.title(setting.setting, currency: currency)
      return Markup.details(Words.summary(title, setting.grid.finished), [table(setting, title).markup])
    }
    return .element("section", ["id": "trials"], [.heading(2, Words.heading), .paragraph(Words.explanation)] + tables)
  }

  private func table(_ setting: SettingAnalysis, _ title: String) -> DataTable {
    let metrics = setting.utilities.map(\.metric)
    let columns =
      Words.start.enumerated().map { DataTable.Column($0.element, isNumber: $0.offset > 0) }
      + metrics.map { DataTable.Column($0.title) } + Words.end.map { DataTable.Column($0, isNumber: false) }
    let results = setting.grid.strategies.indices.flatMap { setting.grid.results($0) }
    return DataTable(
      caption: Words.caption(title), corner: "Strategy", columns: columns, rows: results.map { row($0, metrics) },
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
