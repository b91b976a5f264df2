package import Sweeps

/// One of the things that can be done with the budget: a strategy, and where it buys.
package struct VerdictOption: Hashable, Sendable {
  /// A pool and the share of the budget that is spent on it.
  package struct Source: Hashable, Sendable {
    package let shift: String
    package let share: Double

    package init(shift: String, share: Double) {
      self.shift = shift
      self.share = share
    }
  }

  package let strategy: StrategyChoice
  /// Whether it buys unseen: what everything is compared with.
  package let isReference: Bool
  /// The shift of its trials: a pool's name, or `mix`.
  package let shift: String
  /// How the budget is split, largest share first: one source for a strategy that buys from one pool, the mean of the trials for
  /// a mix.
  package let split: [Source]

  /// - Parameters:
  ///   - shift: a place in the shifts of `grid`.
  ///   - pools: all that a mix may have bought from, in the sweep's order.
  init(_ grid: Grid, _ row: Int, shift: Int, pools: [String]) {
    strategy = grid.strategies[row]
    isReference = row == grid.reference
    let shift = grid.shifts[shift]
    self.shift = shift
    guard shift == Grid.mix else {
      split = [Source(shift: shift, share: 1)]
      return
    }
    let splits = grid.results(row).map(\.values.split).filter { !$0.isEmpty }
    split = pools.compactMap { source in
      let share = Grid.mean(splits.map { $0[source] ?? 0 }) ?? 0
      return share > 0 ? Source(shift: source, share: share) : nil
    }.sorted { ($1.share, $0.shift) < ($0.share, $1.shift) }
  }
}

/// The options of one setting with what their trials reached.
struct VerdictCandidates {
  struct Candidate {
    let option: VerdictOption
    let grid: Grid
    let strategy: Int
    let shift: Int

    /// One value a seed; nil when a trial lacks it.
    func values(_ metric: Metric) -> [Double]? {
      let values = grid.replicates.indices.compactMap { grid.value(metric.name, strategy, shift, replicate: $0) }
      return values.count == grid.replicates.count && !values.isEmpty ? values : nil
    }

    /// The mean amount spent on each item of the price list.
    var spending: [Double] { grid.meanSpending(strategy, shift: shift) }
  }

  /// Everything that somebody can do, in the order of the sweep, mixes last.
  let all: [Candidate]
  private let reference: Grid

  init(sources: Grid, mixes: Grid) {
    reference = sources
    all = [sources, mixes].flatMap { grid in
      grid.strategies.indices.filter { grid.isAchievable($0) }.flatMap { strategy in
        grid.shifts.indices.filter { !grid.results(strategy, shift: $0).isEmpty }.map { shift in
          Candidate(
            option: VerdictOption(grid, strategy, shift: shift, pools: sources.shifts), grid: grid, strategy: strategy,
            shift: shift)
        }
      }
    }
  }

  /// What a value of `metric` is multiplied by to become points; nil when there is nothing to compare it with.
  func scale(_ metric: Metric) -> Double? {
    let sign = UtilityAnalysis.sign(metric)
    guard metric.unit != .fraction else { return 100 * sign }
    let usual =
      reference.reference.flatMap { reference.mean(metric.name, $0) }
      ?? Grid.mean(all.compactMap { $0.values(metric) }.flatMap { $0 })
    return usual.flatMap { $0 != 0 && $0.isFinite ? 100 * sign / abs($0) : nil }
  }
}
