import Core
package import Economics
import Statistics
package import Sweeps

/// How many seeds a sweep needs to find a difference of a wanted size, and what that costs, before money is spent.
package struct PowerPlan: Hashable, Sendable {
  /// How much the paired differences of two strategies vary between seeds, within a shift.
  package struct Spread: Hashable, Sendable {
    /// The standard deviation, in the utility's own unit.
    package let deviation: Double
    /// The pairs of earlier trials that it was measured on; nil when it was assumed.
    package let pairs: Int?

    /// A stated guess.
    package static func assumed(_ deviation: Double) -> Spread {
      precondition(deviation > 0, "differences that never vary need no plan")
      return Spread(deviation: deviation, pairs: nil)
    }

    /// Measured on earlier trials: the differences of every strategy to `reference`, pooled over strategies, shifts, budgets and
    /// settings, each around its own mean. nil without two seeds of both anywhere, or when nothing varies.
    package static func measured(
      _ results: [TrialResult], metric: String, reference: StrategyChoice
    ) -> Spread? {
      func seedless(_ point: TrialPoint, _ strategy: StrategyChoice, seed: Int = 0) -> TrialPoint {
        TrialPoint(
          strategy: strategy, shift: point.shift, budget: point.budget, seed: seed, sizing: point.sizing,
          trainingLength: point.trainingLength, model: point.model, variant: point.variant)
      }
      let sorted = ResultsTable.sorted(results)
      let values = Dictionary(
        sorted.compactMap { result in result.values.metrics[metric].map { (result.point, $0) } }
      ) { first, _ in first }
      var groups: [TrialPoint: [Double]] = [:]
      for point in values.keys.sorted(by: { $0.seed < $1.seed }) where point.strategy != reference {
        guard let other = values[seedless(point, reference, seed: point.seed)] else { continue }
        groups[seedless(point, point.strategy), default: []].append(values[point]! - other)
      }
      let usable = groups.values.filter { $0.count > 1 }
      let degrees = usable.reduce(0) { $0 + $1.count - 1 }
      guard degrees > 0 else { return nil }
      let squares = usable.map { group in
        Descriptive.standardDeviation(group).map { $0 * $0 * Double(group.count - 1) } ?? 0
      }
      // Sorted, so that the sum does not depend on the order of a dictionary.
      let deviation = (squares.sorted().reduce(0, +) / Double(degrees)).squareRoot()
      return deviation > 0 ? Spread(deviation: deviation, pairs: degrees + usable.count) : nil
    }
  }

  /// What a sweep of so many seeds costs.
  package struct Cost: Hashable, Sendable {
    package let trials: Int
    /// What the trials are allowed to spend together; nil when not stated.
    package let money: Money?
    /// CPU-seconds; nil when not stated.
    package let seconds: Double?
  }

  /// Seeds that one question needs.
  package struct Need: Hashable, Sendable {
    /// Whether the comparison is over all shifts together or in one of them.
    package let isOverall: Bool
    /// Comparisons that Holm corrects for: all pairs of strategies. 1 is what a first place is held to, against one rival.
    package let comparisons: Int
    /// nil when more than ``Power/mostPairs`` pairs would be needed.
    package let seeds: Int?
    package let cost: Cost?
  }

  /// What so many seeds would show.
  package struct Row: Hashable, Sendable {
    package let seeds: Int
    /// The smallest difference found with the wanted power, over all shifts and in one of them, after correction for all pairs;
    /// nil when so few seeds can show nothing, and over all shifts when there is one.
    package let overall: Double?
    package let single: Double?
    package let cost: Cost
  }

  package let metric: Metric
  package let wanted: Double
  package let power: Double
  package let level: Double
  package let spread: Spread
  package let shifts: Int
  /// Pairs of strategies, the reference among them: what ``Decisions`` corrects for.
  package let comparisons: Int
  /// For one comparison and for all of them, over all shifts and in one.
  package let needs: [Need]
  package let table: [Row]

  /// - Parameters:
  ///   - wanted: the difference to be found, positive, in the unit of `metric`: .01 is one point of accuracy.
  ///   - shifts: pools that each strategy buys from.
  ///   - strategies: strategies beside the reference.
  ///   - trialsPerSeed: trials of the whole sweep a seed.
  ///   - trialCost: what one trial may spend.
  ///   - trialSeconds: CPU-seconds of one trial.
  package init(
    metric: Metric, wanted: Double, spread: Spread, shifts: Int, strategies: Int, trialsPerSeed: Int,
    trialCost: Money? = nil, trialSeconds: Double? = nil, power: Double = 0.8, level: Double = 0.05
  ) {
    precondition(wanted > 0 && shifts > 0 && strategies > 0 && trialsPerSeed > 0, "nothing to be planned")
    (self.metric, self.wanted, self.spread, self.power, self.level) = (metric, wanted, spread, power, level)
    self.shifts = shifts
    comparisons = strategies * (strategies + 1) / 2
    func cost(_ seeds: Int) -> Cost {
      let trials = seeds * trialsPerSeed
      return Cost(
        trials: trials, money: trialCost.map { $0 * trials }, seconds: trialSeconds.map { $0 * Double(trials) })
    }
    let scopes = shifts > 1 ? [true, false] : [false]
    needs = Set([1, comparisons]).sorted().flatMap { comparisons in
      scopes.map { isOverall in
        let strata = isOverall ? shifts : 1
        let seeds = Power(level: level, comparisons: comparisons, strata: strata)
          .pairsNeeded(effect: wanted / spread.deviation, power: power).map { $0 / strata }
        return Need(isOverall: isOverall, comparisons: comparisons, seeds: seeds, cost: seeds.map(cost))
      }
    }
    table = [2, 3, 5, 8, 10, 15, 20, 30, 50].map { seeds in
      func detectable(_ strata: Int) -> Double? {
        Power(level: level, comparisons: strategies * (strategies + 1) / 2, strata: strata)
          .detectableEffect(pairs: seeds * strata, power: power).map { $0 * spread.deviation }
      }
      return Row(
        seeds: seeds, overall: shifts > 1 ? detectable(shifts) : nil, single: detectable(1), cost: cost(seeds))
    }
  }
}
