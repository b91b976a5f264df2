/// The one table that all sentences about first places rest on.
struct FactSection {
  let analysis: ReportAnalysis

  /// nil when nothing comes first anywhere.
  var markup: Markup? {
    let currency = analysis.input.sweep.prices.currency
    let tables = analysis.settings.compactMap { setting -> Markup? in
      let facts = analysis.facts.all.filter { $0.setting == setting.setting }
      guard !facts.isEmpty else { return nil }
      let title = SettingWords.title(setting.setting, currency: currency)
      return DataTable(
        caption: FactWords.caption(title), corner: FactWords.corner,
        columns: FactWords.columns.enumerated().map { .init($1, isNumber: [1, 3, 4].contains($0)) },
        rows: facts.map { row($0, setting) }, style: "wordy"
      ).markup
    }
    guard !tables.isEmpty else { return nil }
    return .element(
      "section", ["id": "facts"], [.heading(2, FactWords.heading), .paragraph(FactWords.explanation)] + tables)
  }

  private func row(_ fact: Fact, _ setting: SettingAnalysis) -> DataTable.Row {
    let criterion =
      setting.verdict.map { FactWords.criterion(fact.key, $0.weights, among: setting.grid.metrics) } ?? .code(fact.key)
    return DataTable.Row(
      [FactWords.question(fact.scope, criterion)],
      [
        DataTable.Cell([FactWords.subject(fact.first)]), .number(fact.value),
        DataTable.Cell([fact.next.map(FactWords.subject) ?? .text(Numbers.missing)]),
        .number(fact.lead ?? Numbers.missing),
        DataTable.Cell(
          [fact.interval.map { SettingWords.range($0.low, $0.high) } ?? .text(Numbers.missing)], style: "n"
        ), DataTable.Cell([FactWords.certainty(fact.certainty)]),
      ], id: fact.id)
  }
}
