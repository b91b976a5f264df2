import Core
import Statistics
import Sweeps

/// Budgets split between pools, against single pools at the same budget.
struct MixSection {
  let settings: [SettingAnalysis]
  let currency: String
  /// The pools of the sweep.
  let shifts: [String]

  var markup: Markup {
    let measured = settings.filter { $0.mixes.finished > 0 && !$0.utilities.isEmpty }
    guard !measured.isEmpty else {
      return .element(
        "section", ["id": "mixes"], [.heading(2, MixWords.heading), .paragraph(MixWords.none(Array(shifts.prefix(2))))])
    }
    let parts = measured.flatMap { setting -> [Markup] in
      let title = SettingWords.title(setting.setting, currency: currency)
      let rows = setting.mixes.strategies.indices.filter { !setting.mixes.results($0).isEmpty }
        .map { Line(setting, $0) }
      return [sentence(rows, setting)].compactMap { $0 }.map { .paragraph($0) } + [table(rows, setting, title).markup]
    }
    return .element(
      "section", ["id": "mixes"], [.heading(2, MixWords.heading), .paragraph(MixWords.explanation)] + parts)
  }

  /// One mix with the single pool that it is compared with.
  private struct Line {
    let strategy: Int
    let option: VerdictOption
    /// The strategy and shift of the best single source; nil when none was bought by that strategy.
    let single: (strategy: Int, shift: Int)?

    init(_ setting: SettingAnalysis, _ strategy: Int) {
      let choice = setting.mixes.strategies[strategy]
      self.strategy = strategy
      option = VerdictOption(setting.mixes, strategy, shift: 0, pools: setting.grid.shifts)
      let row = choice.spender.map { setting.grid.strategies.firstIndex(of: $0) } ?? setting.grid.reference
      guard let row, let first = setting.utilities.first else {
        single = nil
        return
      }
      let sign = UtilityAnalysis.sign(first.metric)
      single = setting.grid.shifts.indices.compactMap { shift in
        first.cells[row][shift].map { (shift: shift, merit: sign * $0.mean) }
      }.max { $0.merit < $1.merit }.map { (row, $0.shift) }
    }
  }

  /// The paired difference of a mix to its single source, in each seed that both have.
  private func difference(_ line: Line, _ metric: Metric, _ setting: SettingAnalysis) -> (
    mean: Double, sure: StratifiedMean?
  )? {
    guard let single = line.single else { return nil }
    let (mixes, grid) = (setting.mixes, setting.grid)
    let pairs = mixes.replicates.indices.compactMap { index -> (first: MeasuredValue, second: MeasuredValue)? in
      guard let other = grid.replicates.firstIndex(of: mixes.replicates[index]),
        let own = mixes.measured(metric.name, line.strategy, 0, replicate: index),
        let theirs = grid.measured(metric.name, single.strategy, single.shift, replicate: other)
      else { return nil }
      return (own, theirs)
    }
    let differences = Ties.differences(pairs)
    guard let mean = Grid.mean(differences) else { return nil }
    return (mean, StratifiedMean([differences]))
  }

  private func sentence(_ lines: [Line], _ setting: SettingAnalysis) -> Markup? {
    let metric = setting.utilities[0].metric
    let sign = UtilityAnalysis.sign(metric)
    let ranked = lines.compactMap { line in
      setting.mixes.mean(metric.name, line.strategy).map { (line: line, mean: $0) }
    }
    guard let best = ranked.max(by: { sign * $0.mean < sign * $1.mean }), let single = best.line.single,
      let difference = difference(best.line, metric, setting)
    else { return nil }
    let points = SettingWords.difference(difference.mean, metric)
    let spelled =
      difference.sure.map { SettingWords.difference(points, interval: SettingWords.interval($0.interval(), metric)) }
      ?? points
    let split =
      best.line.option.split.isEmpty ? .code(best.line.option.strategy.label) : DecisionWords.split(best.line.option)
    return MixWords.sentence(
      split, metric, Numbers.value(best.mean, of: metric), spelled, name(single, setting))
  }

  private func name(_ single: (strategy: Int, shift: Int), _ setting: SettingAnalysis) -> Markup {
    DecisionWords.choice(setting.name(single.strategy), on: setting.grid.shifts[single.shift])
  }

  private func table(_ lines: [Line], _ setting: SettingAnalysis, _ title: Markup) -> DataTable {
    let metrics = setting.utilities.map(\.metric)
    let decided = metrics.map { metric in
      let found = lines.indices.compactMap { place in
        difference(lines[place], metric, setting)?.sure.map { (place: place, pValue: $0.pValue) }
      }
      let adjusted = Holm.adjusted(found.map(\.pValue))
      return Set(zip(found, adjusted).filter { $0.1 <= Decisions.level }.map(\.0.place))
    }
    let columns =
      [MixWords.shares, MixWords.compared].map { DataTable.Column($0, isNumber: false) } + [
        DataTable.Column(MixWords.spent)
      ]
      + metrics.map { DataTable.Column($0.shownTitle) }
    return DataTable(
      caption: MixWords.caption(title), corner: MixWords.corner, columns: columns,
      rows: lines.enumerated().map { place, line in
        let results = setting.mixes.results(line.strategy)
        let spent = Numbers.amount(Grid.mean(results.map { $0.values.ledger.total.amount }))
        return DataTable.Row(
          [.code(line.option.strategy.label)],
          [
            DataTable.Cell([line.option.split.isEmpty ? .text(Numbers.missing) : DecisionWords.split(line.option)]),
            DataTable.Cell([line.single.map { name($0, setting) } ?? .text(Numbers.missing)]),
            DataTable.Cell([.traced(spent, to: Anchor.trials(setting.mixes, line.strategy))], style: "n"),
          ] + zip(metrics, decided).map { cell(line, $0, setting, isDecided: $1.contains(place)) })
      }, style: "heat wordy", id: Anchor.mixes(setting.setting))
  }

  private func cell(_ line: Line, _ metric: Metric, _ setting: SettingAnalysis, isDecided: Bool) -> DataTable.Cell {
    guard let mean = setting.mixes.mean(metric.name, line.strategy) else { return .number(Numbers.missing) }
    let value = Markup.traced(
      Numbers.value(mean, of: metric, bare: true), to: Anchor.trials(setting.mixes, line.strategy))
    var pieces = [value]
    if let difference = difference(line, metric, setting) {
      let merit = UtilityAnalysis.sign(metric) * difference.mean
      let mark = isDecided ? (merit > 0 ? " ▲" : " ▼") : ""
      let text = Numbers.difference(difference.mean, of: metric) + mark
      pieces.append(.delta(.text(text)))
      if let interval = difference.sure?.interval() {
        pieces.append(.interval(SettingWords.interval(interval, metric)))
      }
    }
    return DataTable.Cell(pieces, style: "n")
  }
}
