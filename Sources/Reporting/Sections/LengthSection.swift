import Sweeps

/// Training length as an axis: whether the order of the options changes with how long is trained.
struct LengthSection {
  let analysis: ReportAnalysis

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
    let sentence = LengthWords.sentence(same: groups.count - groups.changing.count, of: groups.count)
    return .element(
      "section", ["id": "lengths"],
      [
        .heading(2, LengthWords.heading),
        .paragraph(groups.mayBeChance ? .sentences([sentence, LengthWords.undecided]) : sentence),
        table(groups).markup,
      ])
  }

  private func table(_ groups: [AnswerGroup]) -> DataTable {
    AnswerTable(analysis: analysis, groups: groups)
      .table(caption: LengthWords.caption, columns: LengthWords.columns) { _, _, agreement in
        [
          agreement.map { Numbers.decimal($0.tau, 2) } ?? Numbers.missing,
          agreement.map { Numbers.count($0.options) } ?? Numbers.missing,
        ]
      }
  }
}
