import Statistics
import Sweeps

/// Several data sets in one sweep: what each world answers, and how far the answer differs between draws.
struct DatasetsSection {
  let analysis: ReportAnalysis

  private var currency: String { analysis.input.sweep.prices.currency }

  private var worlds: [AnswerGroup] { AnswerGroup.all(analysis.settings) { $0.inWorld(nil) } }

  /// One a setting with an answer whose data set was drawn several times.
  private var draws: [DrawAnalysis] {
    analysis.settings.compactMap { $0.verdict == nil ? nil : DrawAnalysis(analysis.grids, $0) }
  }

  /// nil with one data set.
  var markup: Markup? {
    let (worlds, draws) = (worlds, draws)
    guard !worlds.isEmpty || !draws.isEmpty else { return nil }
    return .element(
      "section", ["id": "datasets"],
      [.heading(2, DatasetsWords.heading)]
        + (worlds.isEmpty ? [] : [.paragraph(sentences(worlds)), table(worlds).markup])
        + (draws.isEmpty ? [] : [.paragraph(sentences(draws)), table(draws).markup]))
  }

  // MARK: Worlds

  private func sentences(_ groups: [AnswerGroup]) -> Markup {
    .sentences(
      [DatasetsWords.worlds(same: groups.count - groups.changing.count, of: groups.count)]
        + (groups.mayBeChance ? [DatasetsWords.undecided] : []) + spread(groups[groups.count - 1]))
  }

  /// How far what the first world recommends differs over the worlds.
  private func spread(_ group: AnswerGroup) -> [Markup] {
    let scores = group.settings.indices.compactMap { score(group, $0) }
    guard scores.count == group.settings.count, let spread = Descriptive.standardDeviation(scores) else { return [] }
    return [
      DatasetsWords.spread(
        DecisionWords.option(group.verdicts[0].recommended.option), low: Numbers.decimal(scores.min(), 1),
        high: Numbers.decimal(scores.max(), 1), deviation: Numbers.decimal(spread, 1), worlds: scores.count)
    ]
  }

  /// The score in a world of what the first world recommends.
  private func score(_ group: AnswerGroup, _ place: Int) -> Double? {
    let option = group.verdicts[0].recommended.option
    return group.verdicts[place].standings.first { $0.option.isSameChoice(as: option) }?.score
  }

  private func table(_ groups: [AnswerGroup]) -> DataTable {
    AnswerTable(analysis: analysis, groups: groups)
      .table(caption: DatasetsWords.worldsCaption, columns: DatasetsWords.worldsColumns) { group, place, agreement in
        [
          score(group, place).map { Numbers.decimal($0, 1) } ?? Numbers.missing,
          agreement.map { Numbers.decimal($0.tau, 2) } ?? Numbers.missing,
        ]
      }
  }

  // MARK: Draws

  private func sentences(_ all: [DrawAnalysis]) -> Markup {
    let last = all[all.count - 1]
    let changing = all.filter { draws in
      !draws.firsts.allSatisfy { $0.option.isSameChoice(as: draws.firsts[0].option) }
    }
    return .sentences([
      DatasetsWords.draws(same: all.count - changing.count, of: all.count),
      DatasetsWords.leads(
        SettingWords.title(last.setting.setting, currency: currency), draws: Numbers.decimal(last.spread, 1),
        seeds: last.seedSpread.map { Numbers.decimal($0, 1) }, count: last.seeds),
    ])
  }

  private func table(_ all: [DrawAnalysis]) -> DataTable {
    let rows = all.flatMap { found in
      found.draws.indices.map { place in
        DataTable.Row(
          [SettingWords.title(found.setting.setting, currency: currency)],
          [
            .number(String(found.draws[place])),
            DataTable.Cell([DecisionWords.option(found.firsts[place].option)]),
            .number(Numbers.decimal(found.firsts[place].score, 1)),
            .number(Numbers.decimal(found.leads[place], 1, signed: true)),
          ])
      }
    }
    return DataTable(
      caption: DatasetsWords.drawsCaption, corner: LengthWords.corner,
      columns: DatasetsWords.drawsColumns.enumerated().map { .init($1, isNumber: $0 != 1) }, rows: rows, style: "wordy")
  }
}
