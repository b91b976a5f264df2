import Statistics
import Sweeps

/// One utility of the strategies over several budgets, with what resampling the trials says of the curves.
struct CurveAnalysis {
  struct Line {
    let strategy: StrategyChoice
    /// The mean utility over the common range of costs, each doubling weighing the same.
    let area: CostCurveResamples.Estimate
    /// Its difference to the reference's; nil for the reference and without one.
    let toReference: CostCurveResamples.Estimate?
    /// What it costs to reach ``target``; nil without a target.
    let costToTarget: CostCurveResamples.Estimate?
  }

  struct Crossing {
    /// The better one beyond the crossing.
    let later: StrategyChoice
    let earlier: StrategyChoice
    let crossing: CostCurveResamples.Crossing
  }

  let metric: Metric
  /// The costs at which every strategy was measured.
  let range: ClosedRange<Double>
  /// What the reference reaches at the largest budget; nil without a reference.
  let target: Double?
  /// Best mean utility first.
  let lines: [Line]
  /// Between the reference and the strategies that are best at some budget, the surest first.
  let crossings: [Crossing]

  /// Enough for intervals; each resample makes a curve a strategy.
  private static let redraws = 1_000

  /// `grids` differ in their budget only, the smallest first. Strategies take part that have every trial at every budget.
  /// nil with fewer than two budgets, or when no strategy takes part.
  init?(_ grids: [Grid], _ metric: Metric) {
    guard grids.count > 1, let last = grids.last else { return nil }
    let shifts = last.shifts.filter { shift in grids.allSatisfy { $0.shifts.contains(shift) } }
    let replicates = last.replicates.filter { replicate in grids.allSatisfy { $0.replicates.contains(replicate) } }
    let found = last.strategies.compactMap { strategy in
      Self.subject(grids, metric, strategy, shifts, replicates).map { (strategy: strategy, subject: $0) }
    }
    guard !found.isEmpty, !replicates.isEmpty else { return nil }
    let isHigherBetter = metric.direction != .lowerIsBetter
    let strata = last.strata(shifts: shifts.count, replicates: replicates.count)
    let resamples = PairedResamples(strata: strata, replicates: Self.redraws, seed: 0)
    let curves = CostCurveResamples(found.map(\.subject), isHigherBetter: isHigherBetter, resamples: resamples)
    guard let range = curves.commonRange else { return nil }
    self.metric = metric
    self.range = range
    let reference = found.firstIndex { $0.strategy == last.strategyTable.reference }
    let target = reference.flatMap { curves.curves[$0].points.last?.utility }
    self.target = target
    lines = found.indices.compactMap { index -> Line? in
      guard let area = curves.meanUtility(index) else { return nil }
      return Line(
        strategy: found[index].strategy, area: area,
        toReference: reference.flatMap { $0 == index ? nil : curves.difference(index, $0) },
        costToTarget: target.map { curves.costToReach($0, index) })
    }.sorted { left, right in
      let (a, b) = (left.area.value ?? 0, right.area.value ?? 0)
      return isHigherBetter ? a > b : a < b
    }
    crossings = Self.crossings(
      found.map(\.strategy), curves, reference, isHigherBetter,
      eligible: found.indices.filter { !last.strategyTable.has(.unachievable, found[$0].strategy) })
  }

  private static func subject(
    _ grids: [Grid], _ metric: Metric, _ strategy: StrategyChoice, _ shifts: [String], _ replicates: [Int]
  ) -> CostCurveResamples.Subject? {
    var (costs, rows): ([Double], [[Double]]) = ([], [])
    for grid in grids {
      guard let row = grid.strategies.firstIndex(of: strategy) else { return nil }
      let found = shifts.map { shift in
        replicates.map { replicate -> Double? in
          guard let column = grid.shifts.firstIndex(of: shift), let place = grid.replicates.firstIndex(of: replicate)
          else { return nil }
          return grid.value(metric.name, row, column, replicate: place)
        }
      }
      guard let values = grid.units(found) else { return nil }
      guard let cost = Grid.mean(grid.results(row).map { $0.values.ledger.total.amount }), cost > 0 else { return nil }
      costs.append(cost)
      rows.append(values)
    }
    return CostCurveResamples.Subject(costs: costs, values: rows)
  }

  private static func crossings(
    _ strategies: [StrategyChoice], _ curves: CostCurveResamples, _ reference: Int?, _ isHigherBetter: Bool,
    eligible: [Int]
  ) -> [Crossing] {
    let sign = isHigherBetter ? 1.0 : -1
    let levels = curves.curves.map(\.points.count).min() ?? 0
    let leaders = (0..<levels).compactMap { level in
      eligible.max {
        let (a, b) = (curves.curves[$0].points[level].utility, curves.curves[$1].points[level].utility)
        return (sign * a, -$0) < (sign * b, -$1)
      }
    }
    let chosen = Set(leaders + (reference.map { [$0] } ?? [])).sorted()
    let found = chosen.flatMap { first in
      chosen.filter { $0 > first }.flatMap { second in
        curves.crossings(first, second).map { crossing in
          Crossing(
            later: strategies[crossing.firstLeadsBeyond ? first : second],
            earlier: strategies[crossing.firstLeadsBeyond ? second : first], crossing: crossing)
        }
      }
    }
    return found.sorted { ($1.crossing.share, $0.crossing.cost) < ($0.crossing.share, $1.crossing.cost) }
  }
}
