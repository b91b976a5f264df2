import Core
package import Economics
import Results
import Statistics
package import Sweeps

/// The weight of one utility at which another option takes the first place, the other weights keeping their proportions.
package struct WeightChange: Hashable, Sendable {
  package let metric: Metric
  /// The utility's weight as stated, of all weights together; 0 for a headline utility that was not weighted.
  package let weight: Double
  /// The weight at which the first place changes, from 0 to 1.
  package let turningPoint: Double
  package let successor: VerdictOption

  /// The nearest change up and down for every weighted and every headline utility, in that order.
  static func all(
    _ catalogue: MetricCatalogue, _ candidates: VerdictCandidates, _ weights: UtilityWeights, _ scores: VerdictScores,
    _ leader: Int
  ) -> [WeightChange] {
    let weighted = Set(weights.entries.map(\.metric.name))
    let metrics = weights.entries.map(\.metric) + catalogue.headline.filter { !weighted.contains($0.name) }
    return metrics.flatMap { metric in
      let weight = weights.entries.first { $0.metric == metric }?.weight ?? 0
      guard weight < 1, let scale = candidates.scale(metric), let own = mean(scores.complete[leader], metric) else {
        return [WeightChange]()
      }
      let turns = scores.complete.indices.filter { $0 != leader }.compactMap { other -> (point: Double, other: Int)? in
        guard let theirs = mean(scores.complete[other], metric) else { return nil }
        let single = scale * (own - theirs)
        // The present lead is (1 − w)·rest + w·single.
        let rest = (scores.means[leader] - scores.means[other] - weight * single) / (1 - weight)
        guard rest != single else { return nil }
        let point = rest / (rest - single)
        return (0...1).contains(point) ? (point, other) : nil
      }
      let below = turns.filter { $0.point < weight }.max { ($0.point, -$0.other) < ($1.point, -$1.other) }
      let above = turns.filter { $0.point > weight }.min { ($0.point, $0.other) < ($1.point, $1.other) }
      return [below, above].compactMap { $0 }.map { turn in
        WeightChange(
          metric: metric, weight: weight, turningPoint: turn.point, successor: scores.complete[turn.other].option)
      }
    }
  }

  private static func mean(_ candidate: VerdictCandidates.Candidate, _ metric: Metric) -> Double? {
    candidate.values(metric).map { Descriptive.mean($0) }
  }
}

/// The factor on one price at which another option takes the first place at the same budget.
package struct PriceChange: Hashable, Sendable {
  package let item: PriceItem
  /// Above 1 dearer, below 1 cheaper.
  package let ratio: Double
  package let successor: VerdictOption
}

/// What other prices would do to the order of the options: their subsets of all budgets are charged again, and each option's
/// curve of score against cost is read at the same budget.
struct VerdictPrices {
  let changes: [PriceChange]
  let stability: Double
  /// The same share for the way of collecting, whatever the way of choosing.
  let sourceStability: Double

  /// Options beyond these places do not take part.
  private static let considered = 40

  /// nil with one budget, or when fewer than two options were complete at all budgets.
  init?(_ grids: Grids, _ setting: Setting, _ scores: VerdictScores) {
    let levels = grids.budgets(of: setting).map { (budget: $0.budget.amount, candidates: grids.candidates($0).all) }
    guard levels.count > 1, setting.budget.amount > 0 else { return nil }
    let subjects = scores.order.prefix(Self.considered).compactMap {
      index -> (VerdictOption, [PriceSensitivity.Level])? in
      let option = scores.complete[index].option
      let found = levels.compactMap { budget, candidates -> PriceSensitivity.Level? in
        guard let candidate = candidates.first(where: { $0.option.isSameChoice(as: option) }),
          let score = scores.values(candidate).map({ Descriptive.mean($0) })
        else { return nil }
        // What was left over of the budget is no saving: the subset stands for the budget it was bought for.
        let spending = candidate.spending
        let total = spending.reduce(0, +)
        guard total > 0 else { return nil }
        return PriceSensitivity.Level(utility: score, spending: spending.map { $0 / total * budget })
      }
      return found.count == levels.count ? (option, found) : nil
    }
    guard subjects.count > 1, let leader = scores.order.first,
      subjects[0].0 == scores.complete[leader].option
    else { return nil }
    let sensitivity = PriceSensitivity(
      subjects: subjects.map(\.1), budget: setting.budget.amount, seed: 0)
    stability = sensitivity.firstPlace[0]
    sourceStability = zip(subjects, sensitivity.firstPlace).reduce(0) {
      $0 + ($1.0.0.shift == subjects[0].0.shift ? $1.1 : 0)
    }
    changes = sensitivity.breakEvens.map {
      PriceChange(item: PriceItem.allCases[$0.item], ratio: $0.ratio, successor: subjects[$0.successor].0)
    }
  }
}

extension VerdictOption {
  /// Whether it is the same strategy on the same pools; what a search found may differ between budgets.
  func isSameChoice(as other: VerdictOption) -> Bool { strategy == other.strategy && shift == other.shift }
}
