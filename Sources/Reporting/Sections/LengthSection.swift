import Sweeps

/// Training length as an axis: whether the order of the options changes with how long is trained.
struct LengthSection {
  let analysis: ReportAnalysis

  private var currency: String { analysis.input.sweep.prices.currency }

  private var groups: [AnswerGroup] {
    AnswerGroup.all(analysis.settings) { setting in
      Setting(
        sizing: setting.sizing, trainingLength: .equalSteps, budget: setting.budget, model: setting.model,
        world: setting.world)
    }
  }

  /// nil with one training length.
  var markup: Markup? {
    let groups = groups
    guard !groups.isEmpty else { return nil }
    let changing = groups.filter { !$0.isSame }
    let isDecided = changing.contains { $0.verdicts.contains { $0.certainty == .clear } }
    let sentence = LengthWords.sentence(same: groups.count - changing.count, of: groups.count)
    return .element(
      "section", ["id": "lengths"],
      [
        .heading(2, LengthWords.heading),
        .paragraph(changing.isEmpty || isDecided ? sentence : .sentences([sentence, LengthWords.undecided])),
        table(groups).markup,
      ])
  }

  private func table(_ groups: [AnswerGroup]) -> DataTable {
    let rows = groups.flatMap { group in
      group.settings.enumerated().map { place, setting in
        let verdict = group.verdicts[place]
        let agreement = place == 0 ? nil : group.agreement(with: place)
        return DataTable.Row(
          [SettingWords.title(setting.setting, currency: currency)],
          [
            DataTable.Cell(
              [.stated(analysis.facts(setting, .options), DecisionWords.option(verdict.recommended.option))]),
            .number(Numbers.decimal(verdict.recommended.score, 1)),
            DataTable.Cell([FactWords.badge(verdict.certainty)]),
            .number(agreement.map { Numbers.decimal($0.tau, 2) } ?? Numbers.missing),
            .number(agreement.map { Numbers.count($0.options) } ?? Numbers.missing),
          ])
      }
    }
    return DataTable(
      caption: LengthWords.caption, corner: LengthWords.corner,
      columns: LengthWords.columns.enumerated().map { .init($1, isNumber: [1, 3, 4].contains($0)) }, rows: rows,
      style: "wordy")
  }
}
