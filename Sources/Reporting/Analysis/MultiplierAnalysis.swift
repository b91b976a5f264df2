import Economics
import Results
import Statistics
import Sweeps

/// What the money of the recommended option is worth: what others would cost for the same score, choosing included, over the
/// budgets of one kind of setting.
struct MultiplierAnalysis {
  /// What the equivalent is counted in.
  enum Currency: String, CaseIterable {
    case money
    /// Training images bought.
    case images
    /// Processor hours of the trials: choosing, training, measuring.
    case hours
  }

  /// One other option.
  struct Line {
    let option: VerdictOption
    /// In money, by budget of the recommended option.
    let multipliers: [MoneyMultiplier]
    /// The same counted in something else, where that is known.
    let others: [Currency: [MoneyMultiplier]]
  }

  /// What the next money brings, spent on one option.
  struct Step {
    let option: VerdictOption
    /// The score at the largest budget, in points, and by how much it grows with ``MultiplierAnalysis/nextAmount`` beside that:
    /// along the fitted curve where that is identified, else along the last stretch that was measured, without an interval.
    let now: Double
    let gain: Double
    let interval: ClosedRange<Double>?
    let isFitted: Bool

    var then: Double { now + gain }
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
  /// The next money beside the largest budget: 100 of the currency where that is of the budgets' size, else as much again.
  let nextAmount: Double
  /// Where it goes furthest: each of ``curves``, the best score with it first.
  let steps: [Step]

  private static let replicates = 2_000

  /// nil with one budget or one seed, or when the recommended option or everything it could be compared with misses a trial.
  ///
  /// - Parameter settings: differ in their budget only, the smallest first.
  init?(_ grids: Grids, _ settings: [Setting], verdict: Verdict) {
    guard settings.count > 1, let last = settings.last, let basis = VerdictBasis(grids, last) else { return nil }
    let levels = settings.map { grids.candidates($0).all }
    let hours = grids.input.effort?.cpuSecondsByTask.mapValues { $0 / 3_600 } ?? [:]
    func cost(_ candidate: VerdictCandidates.Candidate, _ currency: Currency) -> Double? {
      let results = candidate.grid.results(candidate.strategy, shift: candidate.shift)
      switch currency {
      case .money: return candidate.spending.reduce(0, +)
      case .images: return Grid.mean(results.map { Double($0.values.items) })
      case .hours:
        let known = results.compactMap { hours[$0.task] }
        return known.count == results.count ? Grid.mean(known) : nil
      }
    }
    func subject(_ option: VerdictOption, in currency: Currency = .money) -> CostCurveResamples.Subject? {
      let found = levels.compactMap { candidates -> (cost: Double, values: [Double])? in
        guard let candidate = candidates.first(where: { $0.option.isSameChoice(as: option) }),
          let values = basis.scores.values(candidate), let cost = cost(candidate, currency)
        else { return nil }
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
    let hasReference = basis.scores.complete.contains { $0.option.isReference }
    let others = basis.scores.complete.map(\.option).filter { option in
      !option.isSameChoice(as: recommended) && option.shift != Grid.mix
        && (hasReference ? option.isReference : option.strategy == recommended.strategy)
    }
    let found = others.compactMap { option -> (line: Line, curve: Curve)? in
      guard let other = subject(option), other.values.allSatisfy({ $0.count == seeds }) else { return nil }
      let band = LearningCurveBand(other, resamples: resamples)
      let multipliers = own.costs.indices.map { level in
        MoneyMultiplier(
          spent: own.costs[level], utilities: own.values[level], other: other, extrapolates: band != nil,
          resamples: resamples)
      }
      let counted = [Currency.images, .hours].compactMap { currency -> (Currency, [MoneyMultiplier])? in
        guard let mine = subject(recommended, in: currency), let theirs = subject(option, in: currency),
          Set(theirs.costs).count > 1
        else { return nil }
        return (
          currency,
          mine.costs.indices.map { level in
            MoneyMultiplier(
              spent: mine.costs[level], utilities: mine.values[level], other: theirs, extrapolates: false,
              resamples: resamples)
          }
        )
      }
      return (
        Line(
          option: option, multipliers: multipliers,
          others: Dictionary(uniqueKeysWithValues: counted)), Curve(option: option, band: band)
      )
    }.sorted { left, right in
      let (mine, other) = (left.line.option.shift == recommended.shift, right.line.option.shift == recommended.shift)
      if mine != other { return mine }
      let level = own.costs.count - 1
      return (left.line.multipliers[level].factor, right.line.option.shift)
        < (right.line.multipliers[level].factor, left.line.option.shift)
    }
    guard !found.isEmpty else { return nil }
    lines = found.map(\.line)
    let curves = [Curve(option: recommended, band: LearningCurveBand(own, resamples: resamples))] + found.map(\.curve)
    self.curves = curves
    let largest = budgets[budgets.count - 1].amount
    let amount = (0.1 * largest...3 * largest).contains(100) ? 100 : largest
    nextAmount = amount
    steps = curves.compactMap { curve in subject(curve.option).map { Step(curve, $0, amount: amount) } }
      .sorted { ($1.then, $0.option.shift) < ($0.then, $1.option.shift) }
  }

  /// The largest budget at which the equivalent was measured, else the largest: what is said in a sentence.
  func told(_ line: Line) -> Int {
    line.multipliers.lastIndex { $0.kind == .measured } ?? line.multipliers.count - 1
  }
}

extension MultiplierAnalysis.Step {
  /// The next `amount` beside what was spent at the largest budget.
  init(_ curve: MultiplierAnalysis.Curve, _ subject: CostCurveResamples.Subject, amount: Double) {
    let last = subject.costs.indices.max { subject.costs[$0] < subject.costs[$1] }!
    let (now, then) = (subject.costs[last], subject.costs[last] + amount)
    option = curve.option
    self.now = Descriptive.mean(subject.values[last])
    if let band = curve.band {
      gain = band.curve.utility(at: then) - band.curve.utility(at: now)
      interval = band.gains(from: now, to: then)
      isFitted = true
    } else {
      let measured = CostCurve(
        zip(subject.costs, subject.values).map { CostCurve.Point(cost: $0, utility: Descriptive.mean($1)) })
      gain = measured.utility(at: then) - measured.utility(at: now)
      interval = nil
      isFitted = false
    }
  }
}
