package import Economics
package import Results
import Statistics
package import Sweeps

/// What a sweep's results say of the budgets between which the best option at the largest budget takes over from others, by ``BudgetCrossings``, in the question of the page's first screen.
package struct CrossingLook: Sendable {
  /// One place where two options change places.
  package struct Crossing: Hashable, Sendable {
    /// The better one below.
    package let option: VerdictOption
    /// About where the means cross.
    package let budget: Double
    /// The largest budget up to which it is better; nil when that is not known of any.
    package let low: Double?
    /// The smallest budget from which on the best option is better; nil when that is not known of any.
    package let high: Double?
    package let isTold: Bool
  }

  package let best: VerdictOption
  /// The smallest budget first.
  package let crossings: [Crossing]
  /// The budget that would tell most; nil when none would.
  package let furtherBudget: Money?
  /// What each test is held to.
  package let level: Double
  private let reference: StrategyChoice?

  /// nil with one budget or one seed, or when `best` misses a trial at some budget.
  ///
  /// - Parameters:
  ///   - error: how often anything that all looks say may be wrong.
  ///   - level: that of the first look; nil when this is the first.
  package init?(_ input: ReportInput, best: VerdictOption, error: Double, level: Double? = nil) {
    let grids = Grids(input)
    let answerable = grids.settings.compactMap { VerdictBasis(grids, $0) }
    guard let basis = answerable.last(where: { $0.setting.kind == answerable[0].setting.kind }) else { return nil }
    let settings = grids.budgets(of: basis.setting)
    guard settings.count > 1, let seeds = basis.scores.values.first?.count, seeds > 1 else { return nil }
    let levels = settings.map { grids.candidates($0).all }
    let subjects = basis.scores.complete.map(\.option).compactMap {
      option -> (option: VerdictOption, values: [[Double]])? in
      let values = levels.compactMap { candidates in
        candidates.first { $0.option.isSameChoice(as: option) }.flatMap { basis.scores.values($0) }
      }
      return values.count == levels.count && values.allSatisfy { $0.count == seeds } ? (option, values) : nil
    }
    guard let place = subjects.firstIndex(where: { $0.option.isSameChoice(as: best) }) else { return nil }
    let level = level ?? BudgetCrossings.level(error: error, options: subjects.count)
    let found = BudgetCrossings(
      best: place, budgets: settings.map(\.budget.amount), values: subjects.map(\.values), level: level)
    self.best = best
    self.level = level
    crossings = found.found.map {
      Crossing(
        option: subjects[$0.option].option, budget: $0.budget, low: $0.low, high: $0.high, isTold: $0.isTold)
    }
    furtherBudget = found.furtherBudget.map { Money($0) }
    reference = input.strategies.reference
  }

  package var isTold: Bool { crossings.allSatisfy(\.isTold) }

  /// The sweep of the next look: the strategies and pools of the options that change places, with the further budget and with half
  /// as many seeds again.
  package func next(of sweep: Sweep) -> Sweep {
    let options = [best] + crossings.map(\.option)
    let next = sweep.restricted(
      strategies: Set(options.map(\.strategy) + [reference].compactMap { $0 }), shifts: Set(options.map(\.shift))
    ).withSeeds(SequentialDecision.seeds(after: sweep.seeds.count))
    return furtherBudget.map { next.withBudget($0) } ?? next
  }
}
