import Core
package import Economics
package import Results
package import Sweeps

/// What changed between two sweeps, and whether it is more than noise.
package struct SweepComparison: Hashable, Sendable {
  /// One setting of the first sweep with its counterpart in the second.
  package struct Part: Hashable, Sendable {
    package let sizing: Sizing
    package let trainingLength: TrainingLength
    package let budgetBefore: Money
    package let budgetAfter: Money
    /// For each headline utility that both measured.
    package let winners: [Winner]
    package let verdictBefore: Verdict?
    package let verdictAfter: Verdict?
    /// By utility: over all shifts, then in each. Utilities in the catalogue's order.
    package let changes: [MeasuredChange]

    /// Whether the two sweeps recommend the same; nil when one of them recommends nothing.
    package var isSameVerdict: Bool? {
      guard let verdictBefore, let verdictAfter else { return nil }
      return verdictBefore.recommended.option.isSameChoice(as: verdictAfter.recommended.option)
    }
  }

  /// The best strategy by one utility, over all shifts.
  package struct Winner: Hashable, Sendable {
    package let metric: Metric
    package let before: StrategyChoice?
    package let after: StrategyChoice?
    package var isSame: Bool { before == after }
  }

  package let nameBefore: String
  package let nameAfter: String
  /// What was asked for differently.
  package let request: [RequestDifference]
  /// Points that both sweeps have finished, and how many of those have the same outcome, byte for byte.
  package let commonTrials: Int
  package let equalTrials: Int
  package let onlyBefore: Int
  package let onlyAfter: Int
  /// Settings (sizing, training length, budget) that both have. When they share none, the budgets of the same sizing and
  /// training length are compared in order of size, unpaired.
  package let parts: [Part]

  /// The two inputs may come from different stores. Weights are those of `after`.
  package init(before: ReportInput, after: ReportInput) {
    nameBefore = before.sweep.name
    nameAfter = after.sweep.name
    request = RequestDifference.all(before.sweep, after.sweep)
    let old = Dictionary(ResultsTable.sorted(before.results).map { ($0.point, $0.outcome) }) { first, _ in first }
    let new = Dictionary(ResultsTable.sorted(after.results).map { ($0.point, $0.outcome) }) { first, _ in first }
    let common = old.keys.filter { new[$0] != nil }
    commonTrials = common.count
    equalTrials = common.count { old[$0] == new[$0] }
    onlyBefore = old.count - common.count
    onlyAfter = new.count - common.count
    // One mean over the tasks that both have: with others the same trial would seem to have changed.
    let tasks = TransferSummary(before).common(with: TransferSummary(after))
    let (first, second) = (Grids(before, transfer: tasks), Grids(after, transfer: tasks))
    let own = (before: Grids(before.asked(as: after)), after: Grids(after))
    parts = Self.matched(first.settings, second.settings).map { old, new in
      Part(
        (first.sources(old), first.mixes(old)), (second.sources(new), second.mixes(new)), isPaired: old == new,
        verdicts: (Verdict(own.before, old), Verdict(own.after, new)))
    }
  }

  private static func matched(_ before: [Setting], _ after: [Setting]) -> [(before: Setting, after: Setting)] {
    let common = before.filter(after.contains)
    guard common.isEmpty else { return common.map { ($0, $0) } }
    // Budgets of the same kind of setting, smallest against smallest; models that only one side has stand beside each other.
    var kinds: [Setting.Kind] = []
    for setting in before where !kinds.contains(setting.kind) { kinds.append(setting.kind) }
    let models = Set(before.map(\.model)).isDisjoint(with: after.map(\.model))
    return kinds.flatMap { kind in
      zip(
        before.filter { $0.kind == kind },
        after.filter {
          models
            ? $0.sizing == kind.sizing && $0.trainingLength == kind.trainingLength && $0.world == kind.world
            : $0.kind == kind
        }
      ).map { ($0, $1) }
    }
  }
}

extension SweepComparison.Part {
  /// - Parameter isPaired: whether the two have the same trials.
  init(
    _ before: (sources: Grid, mixes: Grid), _ after: (sources: Grid, mixes: Grid), isPaired: Bool,
    verdicts: (before: Verdict?, after: Verdict?)
  ) {
    let (old, new) = (before.sources.setting, after.sources.setting)
    sizing = new.sizing
    trainingLength = new.trainingLength
    budgetBefore = old.budget
    budgetAfter = new.budget
    (verdictBefore, verdictAfter) = verdicts
    let headline = after.sources.metrics.headline
    winners = headline.compactMap { metric in
      guard let first = UtilityAnalysis(before.sources, metric), let second = UtilityAnalysis(after.sources, metric)
      else { return nil }
      return SweepComparison.Winner(
        metric: metric, before: first.winner.map { before.sources.strategies[$0.strategy] },
        after: second.winner.map { after.sources.strategies[$0.strategy] })
    }
    // A draw is no counterpart of a seed.
    let isPaired = isPaired && before.sources.hasDraws == after.sources.hasDraws
    changes = headline.flatMap { metric in
      MeasuredChange.all(metric, before.sources, after.sources, isPaired: isPaired)
        + MeasuredChange.all(metric, before.mixes, after.mixes, isPaired: isPaired)
    }
  }
}
