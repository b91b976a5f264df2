import Core
import Sweeps

/// Trials that failed or are missing, and what finished trials remark.
struct FailuresSection {
  let input: ReportInput
  let settings: [SettingAnalysis]

  private enum Words {
    static let heading = Markup(english: "Missing trials and remarks", japanese: "欠けている試行と注記")
    static let complete = Markup(
      english: "Every trial finished, and none failed.", japanese: "すべての試行が終わり、失敗はありません。")
    static func missing(_ missing: Int, _ failed: Int) -> Markup {
      Markup(
        english:
          "\(Numbers.counted(missing, "trial")) of the sweep did not finish; for \(failed) of them a failure is recorded. Starting the same sweep again computes only what is missing.",
        japanese:
          "このスイープのうち\(missing)件の試行が終わっていません。そのうち\(failed)件には失敗の記録があります。同じスイープをもう一度始めると、欠けている分だけを計算します。")
    }
    static let failuresCaption = Markup(
      english: "One row is one failed trial.", japanese: "1行が1件の失敗した試行です。")
    static let trial = Markup(english: "Trial", japanese: "試行")
    static let reason = Markup(english: "What happened", japanese: "起きたこと")
    static let gapsCaption = Markup(
      english: "Points with missing seeds. One row is one strategy on one way of collecting.",
      japanese: "シードが欠けている条件。1行が、1つの集め方における1つの選び方です。")
    static let gaps = Markup(english: "Where seeds are missing", japanese: "シードが欠けている条件")
    static let setting = Markup(english: "Setting", japanese: "設定")
    static let seeds = Markup(english: "Seeds finished", japanese: "終わったシード")
    static func finished(_ count: Int, of expected: Int) -> Markup {
      Markup(english: "\(count) of \(expected)", japanese: "\(expected)個中\(count)個")
    }
    static let remarksCaption = Markup(
      english: "What trials remark. One row is one remark with the number of trials that make it.",
      japanese: "試行が残した注記。1行が1つの注記で、それを残した試行の数を添えます。")
    static let remarks = Markup(english: "Remarks of trials", japanese: "試行の注記")
    static let remark = Markup(english: "Remark", japanese: "注記")
    static let count = Markup(english: "Trials", japanese: "試行数")
  }

  var markup: Markup {
    let missing = input.expectedTrials - settings.reduce(0) { $0 + $1.finished }
    let start =
      missing <= 0 && input.failures.isEmpty ? Words.complete : Words.missing(max(missing, 0), input.failures.count)
    return .element(
      "section", ["id": "missing"], [.heading(2, Words.heading), .paragraph(start)] + failures + gaps + remarks)
  }

  private var words: RemarkWords { input.remarkWords }

  private var failures: [Markup] {
    guard !input.failures.isEmpty else { return [] }
    let sorted = input.failures.sorted { ($0.label, $0.reason) < ($1.label, $1.reason) }
    return [
      DataTable(
        caption: Words.failuresCaption, corner: Words.trial, columns: [.init(Words.reason, isNumber: false)],
        rows: sorted.map {
          DataTable.Row(
            [.element("span", ["lang": "en"], [.text($0.label)])],
            [DataTable.Cell([words.sentence(Remark(sentence: $0.reason))], style: "prose")])
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
      DataTable.Column(SettingWords.wayOfCollecting, isNumber: false), .init(Words.setting, isNumber: false),
      .init(Words.seeds),
    ]
    let table = DataTable(caption: Words.gapsCaption, corner: SettingWords.strategy, columns: columns, rows: rows)
    return [.details(Words.gaps, [table.markup])]
  }

  private var currency: String { input.sweep.prices.currency }

  private func gaps(_ grid: Grid, _ setting: Markup) -> [DataTable.Row] {
    grid.strategies.indices.flatMap { strategy in
      grid.shifts.indices.compactMap { shift -> DataTable.Row? in
        let (found, expected) = (grid.results(strategy, shift: shift).count, grid.seeds.count)
        guard found < expected else { return nil }
        return DataTable.Row(
          [.code(grid.strategies[strategy].label)],
          [
            DataTable.Cell([.code(grid.shifts[shift])]), DataTable.Cell([setting]),
            DataTable.Cell([Words.finished(found, of: expected)], style: "n"),
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
      caption: Words.remarksCaption, corner: Words.remark, columns: [.init(Words.count)],
      rows: sorted.map { DataTable.Row([words.sentence($0.remark)], [.number(Numbers.count($0.count))]) },
      style: "wordy")
    return [.details(Words.remarks, [table.markup])]
  }
}
