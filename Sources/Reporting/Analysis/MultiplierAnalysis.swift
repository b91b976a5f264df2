import Economics
import Results
import Statistics
import Sweeps

/// What the money of the recommended option is worth: what others would cost for the same score, choosing included, over the
/// budgets of one kind of setting.
struct MultiplierAnalysis {
  /// One other option.
  struct Line {
    let option: VerdictOption
    /// By budget of the recommended option.
    let multipliers: [MoneyMultiplier]
  }

  /// How one way of collecting goes on with money.
  struct Curve {
    let option: VerdictOption
    /// nil when the budgets and seeds do not say which curve it follows.
    let band: LearningCurveBand?
  }

  let recommended: VerdictOption
  let weights: UtilityWeights
  let budgets: [Money]
  /// What the recommended option spends and how many images it buys, by budget.
  let spent: [Double]
  let items: [Double]
  /// Buying at random where the recommended option buys first, then in the other pools, dearest for the money first.
  let lines: [Line]
  /// The recommended option, then those of ``lines``.
  let curves: [Curve]

  private static let replicates = 2_000

  /// nil with one budget or one seed, or when the recommended option or everything it could be compared with misses a trial.
  ///
  /// - Parameter settings: differ in their budget only, the smallest first.
  init?(_ input: ReportInput, _ settings: [Setting], verdict: Verdict) {
    guard settings.count > 1, let last = settings.last, let basis = VerdictBasis(input, last) else { return nil }
    let levels = settings.map { setting in
      VerdictCandidates(sources: Grid(input, setting: setting), mixes: Grid(input, setting: setting, mixes: true)).all
    }
    func subject(_ option: VerdictOption) -> CostCurveResamples.Subject? {
      let found = levels.compactMap { candidates -> (cost: Double, values: [Double])? in
        guard let candidate = candidates.first(where: { $0.option.isSameChoice(as: option) }),
          let values = basis.scores.values(candidate)
        else { return nil }
        let cost = candidate.spending.reduce(0, +)
        return cost > 0 ? (cost, values) : nil
      }
      guard found.count == levels.count else { return nil }
      return CostCurveResamples.Subject(costs: found.map(\.cost), values: found.map(\.values))
    }
    recommended = verdict.recommended.option
    weights = verdict.weights
    budgets = settings.map(\.budget)
    let recommended = recommended
    guard let own = subject(recommended), let seeds = own.values.first?.count, seeds > 1,
      own.values.allSatisfy({ $0.count == seeds })
    else { return nil }
    spent = own.costs
    items = levels.map { candidates in
      let found = candidates.first { $0.option.isSameChoice(as: recommended) }
      return found.flatMap { candidate in
        Grid.mean(candidate.grid.results(candidate.strategy, shift: candidate.shift).map { Double($0.values.items) })
      } ?? 0
    }
    let resamples = PairedResamples(
      strata: [Int](repeating: 0, count: seeds), replicates: Self.replicates, seed: 0)
    let hasReference = basis.scores.complete.contains { $0.option.strategy.isReference }
    let others = basis.scores.complete.map(\.option).filter { option in
      !option.isSameChoice(as: recommended) && option.shift != Grid.mix
        && (hasReference ? option.strategy.isReference : option.strategy == recommended.strategy)
    }
    let found = others.compactMap { option -> (line: Line, curve: Curve)? in
      guard let other = subject(option), other.values.allSatisfy({ $0.count == seeds }) else { return nil }
      let band = LearningCurveBand(other, resamples: resamples)
      let multipliers = own.costs.indices.map { level in
        MoneyMultiplier(
          spent: own.costs[level], utilities: own.values[level], other: other, extrapolates: band != nil,
          resamples: resamples)
      }
      return (Line(option: option, multipliers: multipliers), Curve(option: option, band: band))
    }.sorted { left, right in
      let (mine, other) = (left.line.option.shift == recommended.shift, right.line.option.shift == recommended.shift)
      if mine != other { return mine }
      let level = own.costs.count - 1
      return (left.line.multipliers[level].factor, right.line.option.shift)
        < (right.line.multipliers[level].factor, left.line.option.shift)
    }
    guard !found.isEmpty else { return nil }
    lines = found.map(\.line)
    curves = [Curve(option: recommended, band: LearningCurveBand(own, resamples: resamples))] + found.map(\.curve)
  }

  /// The largest budget at which the equivalent was measured, else the largest: what is said in a sentence.
  func told(_ line: Line) -> Int {
    line.multipliers.lastIndex { $0.kind == .measured } ?? line.multipliers.count - 1
  }
}
