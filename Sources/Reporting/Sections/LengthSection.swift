import Statistics
import Sweeps

/// Training length as an axis: whether the order of the options changes with how long is trained.
struct LengthSection {
  let analysis: ReportAnalysis

  private var currency: String { analysis.input.sweep.prices.currency }

  /// Settings that differ in their training length only, with an answer each.
  private struct Group {
    let settings: [SettingAnalysis]

    var verdicts: [Verdict] { settings.map { $0.verdict! } }

    /// Kendall's τ-b between the scores of the options that the first and another setting have; nil below three of them.
    func agreement(with place: Int) -> (tau: Double, options: Int)? {
      let own = Dictionary(verdicts[0].standings.map { ($0.option.choice, $0.score) }) { first, _ in first }
      let pairs = verdicts[place].standings.compactMap { standing in
        own[standing.option.choice].map { ($0, standing.score) }
      }
      guard pairs.count > 2 else { return nil }
      return Correlation.kendall(pairs.map(\.0), pairs.map(\.1)).map { ($0, pairs.count) }
    }
  }

  private var groups: [Group] {
    struct Key: Hashable {
      let sizing: Sizing
      let model: ModelChoice
      let budget: Int64
    }
    var order: [Key] = []
    var found: [Key: [SettingAnalysis]] = [:]
    for setting in analysis.settings where setting.verdict != nil {
      let own = setting.setting
      let key = Key(sizing: own.sizing, model: own.model, budget: own.budget.millionths)
      if found[key] == nil { order.append(key) }
      found[key, default: []].append(setting)
    }
    return order.compactMap { key in found[key].flatMap { $0.count > 1 ? Group(settings: $0) : nil } }
  }

  /// nil with one training length.
  var markup: Markup? {
    let groups = groups
    guard !groups.isEmpty else { return nil }
    let changing = groups.filter { group in
      !group.verdicts.allSatisfy { $0.recommended.option.isSameChoice(as: group.verdicts[0].recommended.option) }
    }
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

  private func table(_ groups: [Group]) -> DataTable {
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

extension VerdictOption {
  /// The strategy and where it buys, whatever a search found.
  fileprivate struct Choice: Hashable {
    let strategy: StrategyChoice
    let shift: String
  }

  fileprivate var choice: Choice { Choice(strategy: strategy, shift: shift) }
}
