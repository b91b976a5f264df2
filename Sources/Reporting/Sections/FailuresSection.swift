import Core
import Results
import Sweeps

/// Trials that failed or are missing, and what finished trials remark.
struct FailuresSection {
  let input: ReportInput
  let settings: [SettingAnalysis]

  var markup: Markup {
    let missing = input.expectedTrials - settings.reduce(0) { $0 + $1.finished }
    let start =
      missing > 0
      ? FailuresWords.missing(missing, input.failures.count)
      : input.failures.isEmpty ? FailuresWords.complete : FailuresWords.measures(input.failures.count)
    return .element(
      "section", ["id": "missing"], [.heading(2, FailuresWords.heading), .paragraph(start)] + failures + gaps + remarks)
  }

  private var words: RemarkWords { input.remarkWords }

  private var failures: [Markup] {
    guard !input.failures.isEmpty else { return [] }
    let sorted = input.failures.sorted { ($0.label, $0.cause.description) < ($1.label, $1.cause.description) }
    return [
      DataTable(
        caption: FailuresWords.failuresCaption, corner: FailuresWords.trial,
        columns: [.init(FailuresWords.reason, isNumber: false)],
        rows: sorted.map {
          DataTable.Row(
            [.element("span", ["lang": "en"], [.text($0.label)])],
            [DataTable.Cell([FailureCauseWords.sentence($0.cause)], style: "prose")])
        }, style: "wordy"
      ).markup
    ]
  }

  private var gaps: [Markup] {
    let rows = settings.flatMap { setting in
      [setting.grid, setting.mixes].flatMap { gaps($0, SettingWords.title(setting.setting, currency: currency)) }
    }
    guard !rows.isEmpty else { return [] }
    let columns = [
      DataTable.Column(SettingWords.wayOfCollecting, isNumber: false), .init(FailuresWords.setting, isNumber: false),
      .init(FailuresWords.seeds),
    ]
    let table = DataTable(
      caption: FailuresWords.gapsCaption, corner: SettingWords.strategy, columns: columns, rows: rows)
    return [.details(FailuresWords.gaps, [table.markup])]
  }

  private var currency: String { input.sweep.prices.currency }

  private func gaps(_ grid: Grid, _ setting: Markup) -> [DataTable.Row] {
    grid.strategies.indices.flatMap { strategy in
      grid.shifts.indices.compactMap { shift -> DataTable.Row? in
        let (found, expected) = (grid.results(strategy, shift: shift).count, grid.trials.count)
        guard found < expected else { return nil }
        return DataTable.Row(
          [.code(grid.strategies[strategy].label)],
          [
            DataTable.Cell([.code(grid.shifts[shift])]), DataTable.Cell([setting]),
            DataTable.Cell([FailuresWords.finished(found, of: expected)], style: "n"),
          ])
      }
    }
  }

  private var remarks: [Markup] {
    var counts: [Remark: Int] = [:]
    for result in input.results { for remark in Set(result.values.remarks) { counts[remark, default: 0] += 1 } }
    guard !counts.isEmpty else { return [] }
    let sorted = counts.map { (remark: $0, count: $1, place: $0.json.canonicalText) }
      .sorted { ($1.count, $0.place) < ($0.count, $1.place) }
    let table = DataTable(
      caption: FailuresWords.remarksCaption, corner: FailuresWords.remark, columns: [.init(FailuresWords.count)],
      rows: sorted.map { DataTable.Row([words.sentence($0.remark)], [.number(Numbers.count($0.count))]) },
      style: "wordy")
    return [.details(FailuresWords.remarks, [table.markup])]
  }
}
