import Economics
import Results
import Statistics
import Sweeps

/// Whether choosing paid: for each strategy that looks before it buys, what it reaches against buying unseen for the same money,
/// and from which price of choosing on it would break even.
struct ChoosingAnalysis {
  enum Finding: Hashable {
    case paid
    case lost
    /// The difference is not separable from 0.
    case open
  }

  /// From which price of choosing on a strategy would break even: what it spends on choosing, times a factor.
  enum BreakEven: Hashable {
    case at(Double)
    /// Even free choosing would not: what it chooses is worth less than what comes unseen.
    case never
    /// No price that was measured tells.
    case unknown
  }

  struct Line {
    let strategy: StrategyChoice
    /// Its mean minus that of buying unseen, with the 95 % interval: the comparison of the ranking.
    let difference: StratifiedMean
    let finding: Finding
    /// What a trial spends on choosing, and on how many candidates.
    let spent: Double
    let candidates: Double
    let breakEven: BreakEven
  }

  let metric: Metric
  let budget: Money
  /// Largest gain first.
  let lines: [Line]

  /// nil without buying unseen, or when no strategy that looks can be compared with it.
  ///
  /// - Parameter settings: differ in their budget only, the smallest first; the largest is judged, the others tell how a
  ///   strategy goes on with money.
  init?(_ settings: [SettingAnalysis]) {
    let questions: [Metric.Criterion] = [.deployment, .base]
    let grids = settings.map(\.grid)
    guard let last = settings.last, let reference = last.grid.reference,
      let metric = questions.lazy.compactMap({ last.grid.metrics.metric(for: $0) }).first(where: {
        last.grid.mean($0.name, reference) != nil
      }), let utility = last.utilities.first(where: { $0.metric == metric })
    else { return nil }
    let grid = last.grid
    self.metric = metric
    budget = last.setting.budget
    lines = utility.standings.compactMap { standing -> Line? in
      let row = standing.strategy
      guard grid.isAchievable(row), standing.isComplete, let mean = standing.difference?.mean,
        let spent = Grid.mean(grid.results(row).map { $0.values.ledger.total(for: .selection).amount }), spent > 0
      else { return nil }
      return Line(
        strategy: grid.strategies[row], difference: mean,
        finding: utility.decisions.isAhead(row, of: reference)
          ? .paid : (utility.decisions.isAhead(reference, of: row) ? .lost : .open),
        spent: spent, candidates: Grid.mean(grid.results(row).map { Double($0.values.candidates) }) ?? 0,
        breakEven: Self.breakEven(grids, metric, row, reference, spent: spent))
    }.sorted { ($1.difference.estimate, $0.strategy.label) < ($0.difference.estimate, $1.strategy.label) }
    guard !lines.isEmpty else { return nil }
  }

  /// What buying unseen reaches for the largest budget costs the strategy so much, read off its own curve over the budgets;
  /// as much as that is more or less than the budget may choosing be dearer or has it to be cheaper.
  private static func breakEven(
    _ grids: [Grid], _ metric: Metric, _ row: Int, _ reference: Int, spent: Double
  ) -> BreakEven {
    guard let last = grids.last, let target = last.mean(metric.name, reference),
      let cost = Grid.mean(last.results(reference).map { $0.values.ledger.total.amount })
    else { return .unknown }
    let points = grids.compactMap { grid -> CostCurve.Point? in
      guard let row = grid.strategies.firstIndex(of: last.strategies[row]), let value = grid.mean(metric.name, row),
        let cost = Grid.mean(grid.results(row).map { $0.values.ledger.total.amount }), cost > 0
      else { return nil }
      return CostCurve.Point(cost: cost, utility: value)
    }
    guard points.count > 1 else { return .unknown }
    let curve = CostCurve(points)
    let reached = curve.costToReach(target) ?? LearningCurve(points)?.cost(of: target)
    guard let reached, reached > curve.range.lowerBound, reached < MoneyMultiplier.farthest * curve.range.upperBound
    else {
      return reached == nil || reached! > curve.range.upperBound ? .never : .unknown
    }
    // A trial of the strategy at that cost spends on choosing in proportion.
    let choosing = spent * reached / (curve.range.upperBound)
    let factor = (choosing - (reached - cost)) / choosing
    return factor > 0 ? .at(factor) : .never
  }
}
