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
    /// The score at the largest budget, in points, and by how much it grows with ``MultiplierAnalysis/nextAmount`` beside that,
    /// with the 95 % interval: along the fitted curve where that is identified, else along the last stretch that was measured.
    let now: Double
    let gain: Double
    let interval: ClosedRange<Double>?
    let isFitted: Bool
    /// What all images of the pool cost, where that is less: nothing is gained beyond it.
    let poolEnds: Double?
    /// The score then, by redraw of the seeds; nil where a redraw says nothing.
    fileprivate let thens: [Double?]

    var then: Double { now + gain }
  }

  /// How far the first of ``steps`` is ahead of another.
  struct Lead {
    let other: Step
    let difference: Double
    /// 95 %, from the same redraws for both.
    let interval: ClosedRange<Double>
    /// Whether the redraws tell the two apart.
    var isClear: Bool { !interval.contains(0) }
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
  /// The first of ``steps`` against the recommended option, or, where that is first, against the second; nil with one step.
  let lead: Lead?

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
    let steps = curves.compactMap { curve in
      subject(curve.option).map { found in
        let last = levels.last?.first { $0.option.isSameChoice(as: curve.option) }
        return Step(curve, found, amount: amount, poolEnds: last.flatMap(Self.poolEnds), resamples: resamples)
      }
    }.sorted { ($1.then, $0.option.shift) < ($0.then, $1.option.shift) }
    self.steps = steps
    let isOwnFirst = steps.first?.option.isSameChoice(as: recommended) ?? true
    let rival = isOwnFirst ? steps.dropFirst().first : steps.first { $0.option.isSameChoice(as: recommended) }
    lead = rival.map { Lead(steps[0], over: $0) }
  }

  /// What all images of an option's pool would cost, as its trials of the largest budget pay for theirs; nil of a mix.
  private static func poolEnds(_ candidate: VerdictCandidates.Candidate) -> Double? {
    let results = candidate.grid.results(candidate.strategy, shift: candidate.shift)
    guard candidate.option.shift != Grid.mix, !results.isEmpty else { return nil }
    let ends = results.map { result -> Double in
      let ledger = result.values.ledger
      let setup = ledger.entries.filter { $0.item == .setup }.reduce(Money.zero) { $0 + $1.total }.amount
      let taken = Double(max(1, result.values.items, result.values.candidates))
      return setup + (ledger.total.amount - setup) * Double(result.values.poolSize) / taken
    }
    return Descriptive.mean(ends)
  }

  /// The largest budget at which the equivalent was measured, else the largest: what is said in a sentence.
  func told(_ line: Line) -> Int {
    line.multipliers.lastIndex { $0.kind == .measured } ?? line.multipliers.count - 1
  }
}

extension MultiplierAnalysis.Step {
  /// The next `amount` beside what was spent at the largest budget, or as much of it as the pool has images for.
  init(
    _ curve: MultiplierAnalysis.Curve, _ subject: CostCurveResamples.Subject, amount: Double, poolEnds: Double?,
    resamples: PairedResamples
  ) {
    let last = subject.costs.indices.max { subject.costs[$0] < subject.costs[$1] }!
    let now = subject.costs[last]
    let then = min(now + amount, max(now, poolEnds ?? .infinity))
    option = curve.option
    self.poolEnds = then < now + amount ? then : nil
    self.now = Descriptive.mean(subject.values[last])
    isFitted = curve.band != nil
    func measured(_ utilities: [Double]) -> CostCurve {
      CostCurve(zip(subject.costs, utilities).map { CostCurve.Point(cost: $0, utility: $1) })
    }
    if let band = curve.band {
      gain = band.curve.utility(at: then) - band.curve.utility(at: now)
      interval = band.gains(from: now, to: then)
      thens = band.replicates(at: then)
    } else {
      let own = measured(subject.values.map { Descriptive.mean($0) })
      gain = own.utility(at: then) - own.utility(at: now)
      let means = subject.values.map { resamples.replicates(of: $0) }
      let redrawn = (0..<resamples.replicates).map { replicate in measured(means.map { $0[replicate] }) }
      let (low, high) = PairedResamples.ends(of: redrawn.map { $0.utility(at: then) - $0.utility(at: now) })
      interval = low...high
      thens = redrawn.map { $0.utility(at: then) }
    }
  }
}

extension MultiplierAnalysis.Lead {
  fileprivate init(_ first: MultiplierAnalysis.Step, over other: MultiplierAnalysis.Step) {
    self.other = other
    difference = first.then - other.then
    let (low, high) = PairedResamples.ends(
      of: zip(first.thens, other.thens).compactMap { own, their in own.flatMap { own in their.map { own - $0 } } })
    interval = low...high
  }
}
