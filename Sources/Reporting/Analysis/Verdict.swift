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
    /// Whether a decision may rest on it: the recommended option is better than every other (``Decisions/first``).
    package let isClear: Bool
    /// How many seeds would show a margin of this size four times out of five (paired t-test, two-sided 5 %); nil with one seed,
    /// without any margin, or beyond 100,000.
    package let seedsNeeded: Int?

    /// How many more seeds that is than there are; 0 when there are enough.
    package var furtherSeeds: Int? { seedsNeeded.map { max(0, $0 - seeds) } }
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
  /// The nearest change of each utility's weight, up and down, that puts another option first.
  package let weightChanges: [WeightChange]
  /// The nearest change of each price that puts another option first, at the same budget. nil with one budget: then nothing
  /// says what an option would reach for more or less money.
  package let priceChanges: [PriceChange]?
  /// The share of 1,000 changed price lists (every price × log-normal, σ = 0.5) that leave the recommended option first; nil
  /// with one budget.
  package let stabilityOverPrices: Double?

  package var recommended: Standing { standings[0] }
  package var runnerUp: Standing? { standings.count > 1 ? standings[1] : nil }

  /// The verdicts of a sweep, one a setting that has one, in the order of the report.
  package static func all(of input: ReportInput) -> [Verdict] {
    Setting.all(of: input).compactMap { Verdict(input, $0) }
  }

  /// nil when nothing that is weighted was measured, or no option is complete.
  init?(_ input: ReportInput, _ setting: Setting) {
    guard let basis = VerdictBasis(input, setting) else { return nil }
    self.init(input, basis)
  }

  init(_ input: ReportInput, _ basis: VerdictBasis) {
    let (setting, weights, scores) = (basis.setting, basis.weights, basis.scores)
    budget = setting.budget
    sizing = setting.sizing
    trainingLength = setting.trainingLength
    self.weights = weights
    let best = scores.bestOfMany
    let order = scores.order
    standings = order.map { index in
      let candidate = scores.complete[index]
      return Standing(
        option: candidate.option, score: scores.means[index], chanceBest: best?.chanceBest[index],
        shrunkScore: best?.shrunk[index], expectedRegret: best?.expectedRegret[index],
        utilities: weights.entries.map { Grid.mean(candidate.values($0.metric) ?? []) ?? 0 },
        cost: candidate.spending.reduce(0, +))
    }
    incomplete = scores.incomplete.map(\.option)
    margin =
      order.count > 1
      ? Margin(scores.difference(order[0], order[1]), isClear: scores.decisions.first == order[0]) : nil
    weightChanges = WeightChange.all(input.metrics, basis.candidates, weights, scores, order[0])
    let prices = VerdictPrices(input, setting, scores)
    priceChanges = prices?.changes
    stabilityOverPrices = prices?.stability
  }
}

extension Verdict.Margin {
  init(_ differences: [Double], isClear: Bool) {
    let mean = Descriptive.mean(differences)
    difference = mean
    seeds = differences.count
    interval = StratifiedMean([differences])?.interval()
    self.isClear = isClear
    seedsNeeded = Descriptive.standardDeviation(differences).flatMap { spread in
      spread > 0 ? Power().pairsNeeded(effect: mean / spread) : (mean == 0 ? nil : 2)
    }
  }
}
