import Sweeps

/// Trials that failed or are missing, and what finished trials remark.
struct FailuresSection {
  let input: ReportInput
  let settings: [SettingAnalysis]

  private enum Words {
    static let heading = "Missing trials and remarks"
    static let complete: Markup = "Every trial finished, and none failed."
    static func missing(_ missing: Int, _ failed: Int) -> Markup {
      "\(Numbers.counted(missing, "trial")) of the sweep did not finish; for \(failed) of them a failure is recorded. Starting the same sweep again computes only what is missing."
    }
    static let failuresCaption = "One row is one failed trial."
    static let gapsCaption = "Points with missing seeds. One row is one strategy on one way of collecting."
    static let gaps = "Where seeds are missing"
    static func finished(_ count: Int, of expected: Int) -> String { "\(count) of \(expected)" }
    static let remarksCaption = "What trials remark. One row is one remark with the number of trials that make it."
    static let remarks = "Remarks of trials"
  }

  var markup: Markup {
    let missing = input.expectedTrials - settings.reduce(0) { $0 + $1.grid.finished }
    let start =
      missing <= 0 && input.failures.isEmpty ? Words.complete : Words.missing(max(missing, 0), input.failures.count)
    return .element(
      "section", ["id": "missing"], [.heading(2, Words.heading), .paragraph(start)] + failures + gaps + remarks)
  }

  private var failures: [Markup] {
    guard !input.failures.isEmpty else { return [] }
    let sorted = input.failures.sorted { ($0.label, $0.reason) < ($1.label, $1.reason) }
    return [
      DataTable(
        caption: Words.failuresCaption, corner: "Trial", columns: [.init("What happened", isNumber: false)],
        rows: sorted.map { DataTable.Row([.text($0.label)], [.text($0.reason, style: "prose")]) }, style: "wordy"
      ).markup
    ]
  }

  private var gaps: [Markup] {
    let rows = settings.filter { $0.grid.finished < $0.grid.expected }.flatMap { setting in
      setting.grid.strategies.indices.flatMap { strategy in
        setting.grid.shifts.indices.compactMap { shift -> DataTable.Row? in
          let (found, expected) = (setting.grid.results(strategy, shift: shift).count, setting.grid.seeds.count)
          guard found < expected else { return nil }
          return DataTable.Row(
            [.code(setting.name(strategy))],
            [
              .text(setting.grid.shifts[shift]),
              .text(SettingWords.title(setting.setting, currency: input.sweep.prices.currency)),
              .number(Words.finished(found, of: expected)),
            ])
        }
      }
    }
    guard !rows.isEmpty else { return [] }
    let columns = [
      DataTable.Column("Way of collecting", isNumber: false), .init("Setting", isNumber: false),
      .init("Seeds finished"),
    ]
    let table = DataTable(caption: Words.gapsCaption, corner: "Strategy", columns: columns, rows: rows)
    return [.details(Words.gaps, [table.markup])]
  }

  private var remarks: [Markup] {
    var counts: [String: Int] = [:]
    for result in input.results { for remark in Set(result.values.remarks) { counts[remark, default: 0] += 1 } }
    guard !counts.isEmpty else { return [] }
    let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let table = DataTable(
      caption: Words.remarksCaption, corner: "Remark", columns: [.init("Trials")],
      rows: sorted.map { DataTable.Row([.text($0.key)], [.number(Numbers.count($0.value))]) }, style: "wordy")
    return [.details(Words.remarks, [table.markup])]
  }
}
