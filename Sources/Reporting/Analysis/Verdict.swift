import Core
package import Economics
package import Results
import Statistics
package import Sweeps

/// What to do with one budget, for stated weights over the utilities: which strategy, buying where, how sure that is, and
/// what would change it.
///
/// Every strategy that can be followed (never an oracle) is an option with every pool it buys from, and so is every mix of
/// pools. Options are compared by their score (``UtilityWeights``), paired by seed. Only options with a value of every weighted
/// utility in every seed take part.
package struct Verdict: Hashable, Sendable {
  package struct Standing: Hashable, Sendable {
    package let option: VerdictOption
    /// The mean score over the seeds, in points.
    package let score: Double
    /// The probability that it really has the best score (``BestOfMany``, drawn towards the mean of the options with the same
    /// pool); nil with one seed.
    package let chanceBest: Double?
    /// The score after allowing for the choice of the best of many, in points; nil with one seed.
    package let shrunkScore: Double?
    /// What taking it instead of the really best option loses on average, in points; nil with one seed.
    package let expectedRegret: Double?
    /// Mean of each weighted utility, in the order of the weights, in its own unit.
    package let utilities: [Double]
    /// What a trial spent on average.
    package let cost: Double
  }

  /// How far the recommended option is ahead of another, in points.
  package struct Margin: Hashable, Sendable {
    package let difference: Double
    /// 95 % interval (paired t over the seeds); nil with one seed.
    package let interval: ClosedRange<Double>?
    /// Seeds that the two share.
    package let seeds: Int
    /// Whether a decision may rest on it: of the runner-up, the recommended option is better than every other
    /// (``Decisions/first``); of ``Verdict/plain``, it is better than that (``Decisions/isAhead(_:of:)``).
    package let isClear: Bool
    /// How many seeds would show a margin of this size four times out of five (``Power/unitsNeeded(_:)``); nil with one seed or
    /// without any margin.
    package let seedsNeeded: Int?

    /// How many more seeds that is than there are; 0 when there are enough.
    package var furtherSeeds: Int? { seedsNeeded.map { max(0, $0 - seeds) } }
  }

  /// How sure the way of collecting is, whatever the way of choosing.
  package struct Source: Hashable, Sendable {
    /// The probability that the best option of all buys there; nil with one seed.
    package let chanceBest: Double?
    /// The best option that buys elsewhere, and how far it is behind, in points.
    package let next: VerdictOption
    package let difference: Double
    /// 95 % interval (paired t over the seeds); nil with one seed.
    package let interval: ClosedRange<Double>?
    /// Whether the recommended option is better than every option that buys elsewhere, each at the level of ``Decisions``: the
    /// test of a first place, asked of fewer rivals, so that a sure option always has a sure way of collecting.
    package let isClear: Bool
  }

  package let budget: Money
  package let sizing: Sizing
  package let trainingLength: TrainingLength
  package let weights: UtilityWeights
  /// Every option that takes part, best first; the first is recommended.
  package let standings: [Standing]
  /// Options that lack a value of some weighted utility in some seed.
  package let incomplete: [VerdictOption]
  /// Over the runner-up; nil when nothing else takes part.
  package let margin: Margin?
  /// Buying unseen where the recommended option buys: the plain thing to do instead.
  package struct Plain: Hashable, Sendable {
    package let standing: Standing
    /// How far the recommended option is ahead of it.
    package let margin: Margin
  }

  /// nil when that is what is recommended, or was not measured.
  package let plain: Plain?
  /// How sure the way of collecting is; nil when there is one.
  package let source: Source?
  /// The nearest change of each utility's weight, up and down, that puts another option first.
  package let weightChanges: [WeightChange]
  /// The nearest change of each price that puts another option first, at the same budget. nil with one budget: then nothing
  /// says what an option would reach for more or less money.
  package let priceChanges: [PriceChange]?
  /// The share of 1,000 changed price lists (every price × log-normal, σ = 0.5) that leave the recommended option first; nil
  /// with one budget.
  package let stabilityOverPrices: Double?
  /// The share of them that leaves its way of collecting first, whatever the way of choosing.
  package let sourceStabilityOverPrices: Double?

  package var recommended: Standing { standings[0] }
  package var runnerUp: Standing? { standings.count > 1 ? standings[1] : nil }

  /// The verdicts of a sweep, one a setting that has one, in the order of the report.
  package static func all(of input: ReportInput) -> [Verdict] {
    let grids = Grids(input)
    return grids.settings.compactMap { Verdict(grids, $0) }
  }

  /// nil when nothing that is weighted was measured, or no option is complete.
  init?(_ grids: Grids, _ setting: Setting) {
    guard let basis = VerdictBasis(grids, setting) else { return nil }
    self.init(grids, basis)
  }

  init(_ grids: Grids, _ basis: VerdictBasis) {
    let (setting, weights, scores) = (basis.setting, basis.weights, basis.scores)
    budget = setting.budget
    sizing = setting.sizing
    trainingLength = setting.trainingLength
    self.weights = weights
    let best = scores.bestOfMany
    let order = scores.order
    let standings = order.map { index in
      let candidate = scores.complete[index]
      return Standing(
        option: candidate.option, score: scores.means[index], chanceBest: best?.chanceBest[index],
        shrunkScore: best?.shrunk[index], expectedRegret: best?.expectedRegret[index],
        utilities: weights.entries.map { Grid.mean(candidate.values($0.metric) ?? []) ?? 0 },
        cost: candidate.spending.reduce(0, +))
    }
    self.standings = standings
    incomplete = scores.incomplete.map(\.option)
    let decisions = scores.decisions
    margin =
      order.count > 1
      ? Margin(scores.difference(order[0], order[1]), isClear: decisions.first == order[0]) : nil
    plain = order.dropFirst().first { index in
      let option = scores.complete[index].option
      return option.isReference && option.shift == scores.complete[order[0]].option.shift
    }.map { index in
      Plain(
        standing: standings[order.firstIndex(of: index)!],
        margin: Margin(scores.difference(order[0], index), isClear: decisions.isAhead(order[0], of: index)))
    }
    source = Source(scores, order, decisions, best)
    weightChanges = WeightChange.all(grids.input.metrics, basis.candidates, weights, scores, order[0])
    let prices = VerdictPrices(grids, setting, scores)
    priceChanges = prices?.changes
    stabilityOverPrices = prices?.stability
    sourceStabilityOverPrices = prices?.sourceStability
  }
}

extension Verdict.Source {
  init?(_ scores: VerdictScores, _ order: [Int], _ decisions: Decisions, _ best: BestOfMany?) {
    let shift = scores.complete[order[0]].option.shift
    let others = order.filter { scores.complete[$0].option.shift != shift }
    guard let rival = others.first else { return nil }
    let differences = scores.difference(order[0], rival)
    next = scores.complete[rival].option
    difference = Descriptive.mean(differences)
    interval = StratifiedMean([differences])?.interval()
    chanceBest = best.map { best in
      order.filter { scores.complete[$0].option.shift == shift }.reduce(0) { $0 + best.chanceBest[$1] }
    }
    isClear = others.allSatisfy { other in
      scores.means[order[0]] > scores.means[other]
        && (decisions.pValue(order[0], other).map { $0 <= Decisions.level } ?? false)
    }
  }
}

extension Verdict.Margin {
  init(_ differences: [Double], isClear: Bool) {
    difference = Descriptive.mean(differences)
    seeds = differences.count
    interval = StratifiedMean([differences])?.interval()
    self.isClear = isClear
    seedsNeeded = Power.unitsNeeded([differences])
  }
}
