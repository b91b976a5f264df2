/// What comes first in settings that differ in one thing: a row a setting, with how far its order agrees with the first one's.
struct AnswerTable {
  let analysis: ReportAnalysis
  let groups: [AnswerGroup]

  /// - Parameters:
  ///   - columns: after the setting: what comes first, its score, how sure that is, and two numbers.
  ///   - numbers: those two, of a group's place and its agreement with the first; nil for the first, and below three options.
  func table(
    caption: Markup, columns: [Markup], numbers: (AnswerGroup, Int, (tau: Double, options: Int)?) -> [String]
  ) -> DataTable {
    let currency = analysis.input.sweep.prices.currency
    let rows = groups.flatMap { group in
      group.settings.enumerated().map { place, setting in
        let verdict = group.verdicts[place]
        let cells: [DataTable.Cell] = [
          DataTable.Cell(
            [.stated(analysis.facts(setting, .options), DecisionWords.option(verdict.recommended.option))]),
          .number(Numbers.decimal(verdict.recommended.score, 1)), DataTable.Cell([FactWords.badge(verdict.certainty)]),
        ]
        let rest = numbers(group, place, place == 0 ? nil : group.agreement(with: place))
        return DataTable.Row(
          [SettingWords.title(setting.setting, currency: currency)], cells + rest.map { .number($0) })
      }
    }
    return DataTable(
      caption: caption, corner: LengthWords.corner,
      columns: columns.enumerated().map { .init($1, isNumber: [1, 3, 4].contains($0)) }, rows: rows, style: "wordy")
  }
}
