import Statistics
import Sweeps

/// Facts that must hold when everything works, looked up in the data; with an explanation where they do not.
struct SanitySection {
  let setting: SettingAnalysis
  let currency: String
  let level: Int

  private var grid: Grid { setting.grid }

  var markup: [Markup] {
    let tables = [clean, target, narrowing].compactMap { $0 }
    guard !tables.isEmpty else { return [] }
    return [.heading(level, SanityWords.heading), .paragraph(SanityWords.explanation)] + tables
  }

  /// The first strategy of the sweep that has that role.
  private func row(_ role: StrategyRole) -> Int? {
    grid.strategies.firstIndex { grid.strategyTable.has(role, $0) }
  }

  private func number(_ metric: String, _ strategy: Int, _ shift: Int, _ spell: (Double?) -> String) -> Markup {
    let value = grid.mean(metric, strategy, shift: shift)
    return value == nil
      ? .text(Numbers.missing) : .traced(spell(value), to: Anchor.trials(grid, strategy, shift: shift))
  }

  /// As expected, within chance of it, or against it: from the difference that should not be negative.
  /// - Parameter checks: comparisons in the same table; each is held to its part of 5 %.
  private func judgement(_ comparisons: [Comparison?], of checks: Int) -> Markup {
    let known = comparisons.compactMap { $0 }
    guard !known.isEmpty else { return .text(Numbers.missing) }
    if known.allSatisfy({ $0.difference >= 0 }) { return SanityWords.yes }
    return known.allSatisfy { comparison in
      comparison.difference >= 0 || (comparison.mean?.pValue ?? 1) * Double(checks) > Decisions.level
    } ? SanityWords.within : SanityWords.no
  }

  private func compare(_ metric: Metric, _ first: Int, _ second: Int, _ shift: Int) -> Comparison? {
    Comparison(grid, metric, Row(strategy: first, shifts: [shift]), Row(strategy: second, shifts: [shift]))
  }

  // MARK: Clean labels

  /// Pools count as noisy from this share of wrong labels.
  private static let noisy = 0.02

  private var clean: Markup? {
    guard let metric = grid.metrics.metric(for: .base), let reference = grid.reference else { return nil }
    let chain = [reference, row(.filtersLabels), row(.knowsLabels)].compactMap { $0 }
    let pools = grid.shifts.indices.filter { shift in
      (grid.mean(.labelNoise, reference, shift: shift) ?? 0) > Self.noisy
        && chain.allSatisfy { grid.mean(metric.name, $0, shift: shift) != nil }
    }
    guard chain.count > 1, !pools.isEmpty else { return nil }
    let table = DataTable(
      caption: SanityWords.cleanCaption, corner: SanityWords.pool,
      columns: chain.map { .init(.code(setting.name($0))) }
        + [SanityWords.holds, SanityWords.reason].map { .init($0, isNumber: false) },
      rows: pools.map { shift in
        let steps = zip(chain.dropFirst(), chain).map { compare(metric, $0, $1, shift) }
        return DataTable.Row(
          [.code(grid.shifts[shift])],
          chain.map { strategy in
            let noise = Numbers.percentage(grid.mean(.labelNoise, strategy, shift: shift))
            let value = number(metric.name, strategy, shift, Numbers.percentage)
            return DataTable.Cell([SanityWords.value(value, noise: noise)], style: "n")
          } + [
            DataTable.Cell([judgement(steps, of: steps.count * pools.count)]),
            DataTable.Cell([filtered(reference, shift, metric.name)], style: "prose"),
          ])
      })
    return .details(SanityWords.clean, [table.markup], isOpen: true)
  }

  /// Why filtering is not ahead of `reference`; a dash where it is.
  private func filtered(_ reference: Int, _ shift: Int, _ metric: String) -> Markup {
    guard let filter = row(.filtersLabels), let own = grid.mean(metric, filter, shift: shift),
      let other = grid.mean(metric, reference, shift: shift), own < other
    else { return .text(Numbers.missing) }
    return explanation(filter, reference, shift)
  }

  // MARK: Target-aware strategies

  private var target: Markup? {
    guard let metric = grid.metrics.metric(for: .deployment), let reference = grid.reference else { return nil }
    let strategies = grid.strategies.indices.filter { grid.strategyTable.has(.followsTarget, grid.strategies[$0]) }
    let rows = strategies.flatMap { strategy in
      grid.shifts.indices.compactMap { shift -> DataTable.Row? in
        guard let comparison = compare(metric, strategy, reference, shift) else { return nil }
        let items = [strategy, reference].map { Numbers.decimal(mean($0, shift) { Double($0.values.items) }, 0) }
        let isAhead = comparison.difference > 0
        let reasons = isAhead ? Markup.text(Numbers.missing) : explanation(strategy, reference, shift)
        return DataTable.Row(
          StrategyName.markup(grid.strategies[strategy], grid.strategyTable),
          [
            DataTable.Cell([.code(grid.shifts[shift])]),
            DataTable.Cell([number(metric.name, strategy, shift, Numbers.percentage)], style: "n"),
            .number(Numbers.points(comparison.difference)), .number(items[0]), .number(items[1]),
            DataTable.Cell([judgement([comparison], of: strategies.count * grid.shifts.count)]),
            DataTable.Cell([reasons], style: "prose"),
          ])
      }
    }
    guard !rows.isEmpty else { return nil }
    let table = DataTable(
      caption: SanityWords.targetCaption, corner: SettingWords.strategy,
      columns: SanityWords.targetColumns.enumerated().map { .init($0.element, isNumber: (1...4).contains($0.offset)) },
      rows: rows, style: "wordy")
    return .details(SanityWords.target, [table.markup], isOpen: true)
  }

  private func mean(_ strategy: Int, _ shift: Int, _ value: (TrialResult) -> Double) -> Double? {
    Grid.mean(grid.results(strategy, shift: shift).map(value))
  }

  /// What differs between what the two bought, to the disadvantage of `strategy`.
  private func explanation(_ strategy: Int, _ reference: Int, _ shift: Int) -> Markup {
    func pair(_ role: Metric.Role) -> (own: Double, other: Double)? {
      guard let own = grid.mean(role, strategy, shift: shift), let other = grid.mean(role, reference, shift: shift)
      else { return nil }
      return (own, other)
    }
    var reasons: [Markup] = []
    if let own = mean(strategy, shift, { Double($0.values.items) }),
      let other = mean(reference, shift, { Double($0.values.items) }), own < 0.95 * other
    {
      let looking = mean(strategy, shift) { result in
        let ledger = result.values.ledger
        return ledger.total == .zero ? 0 : ledger.total(for: .selection).amount / ledger.total.amount
      }
      reasons.append(SanityWords.fewer(Numbers.percent(1 - own / other), looking: Numbers.percent(looking)))
    }
    if let noise = pair(.labelNoise), noise.own > noise.other + 0.005 {
      reasons.append(SanityWords.noise(Numbers.percentage(noise.own - noise.other)))
    }
    if let balance = pair(.classImbalance), balance.own > balance.other + 0.03 {
      reasons.append(SanityWords.balance(Numbers.decimal(balance.own, 2), Numbers.decimal(balance.other, 2)))
    }
    let isExplained = !reasons.isEmpty
    if let distance = pair(.targetDistance) {
      let (own, other) = (Numbers.score(distance.own), Numbers.score(distance.other))
      reasons.append(distance.own < distance.other ? SanityWords.nearer(own, other) : SanityWords.distance(own, other))
      if distance.own < distance.other, !isExplained { reasons.append(SanityWords.unexplained) }
    } else if !isExplained {
      reasons.append(SanityWords.unexplained)
    }
    return .clauses(reasons)
  }

  // MARK: Intervals

  private var narrowing: Markup? {
    guard let utility = setting.utilities.first, grid.replicates.count > 2 else { return nil }
    let groups = utility.standings.compactMap { $0.difference?.groups }
      .filter { $0.allSatisfy { $0.count == grid.replicates.count } }
    guard !groups.isEmpty else { return nil }
    let metric = utility.metric
    let rows = (2...grid.replicates.count).map { count in
      let intervals = groups.flatMap { group in
        windows(count).compactMap { seeds in
          StratifiedMean(group.map { values in seeds.map { values[$0] } })?.interval()
        }
      }
      let scale = metric.unit == .fraction ? 100.0 : 1
      let width = Grid.mean(intervals.map { ($0.upperBound - $0.lowerBound) * scale })
      let clear = Double(intervals.count { !$0.contains(0) }) / Double(intervals.count)
      return DataTable.Row(
        [.text(Numbers.count(count))], [.number(Numbers.decimal(width, 2)), .number(Numbers.percent(clear))])
    }
    let table = DataTable(
      caption: SanityWords.narrowingCaption(metric), corner: SanityWords.seeds,
      columns: [.init(SanityWords.width), .init(SanityWords.clear)], rows: rows)
    return .details(SanityWords.narrowing, [table.markup])
  }

  /// Several choices of `count` seeds: runs of seeds that follow each other, beginning again after the last.
  private func windows(_ count: Int) -> [[Int]] {
    let seeds = grid.replicates.count
    return (0..<(count == seeds ? 1 : min(seeds, 4))).map { start in (0..<count).map { (start + $0) % seeds } }
  }
}
