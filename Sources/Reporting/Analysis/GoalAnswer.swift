import Results
import Statistics
import Sweeps

/// Which option reaches a goal for the least money, over all budgets of one kind of setting.
struct GoalAnswer {
  struct Standing {
    let option: VerdictOption
    /// What it costs to reach the goal: read off the curve of the means between two budgets, straight over the logarithm of the
    /// money; at the smallest budget what that costs.
    let cost: Double
    /// The smallest budget at which its mean is good enough, with the mean, and the images it buys there.
    let level: Setting
    let value: Double
    let items: Double
    /// Whether it is good enough there beyond chance: a one-sided t-test over the seeds at 5 %.
    let isSure: Bool
    /// The curve that ``cost`` is read off.
    fileprivate let subject: CostCurveResamples.Subject
  }

  let goal: Goal
  let metric: Metric
  /// The largest budget of the kind of setting.
  let setting: Setting
  let budgets: [Setting]
  /// Cheapest first.
  let reaching: [Standing]
  /// What comes nearest where nothing reaches it: its best mean, at the largest budget.
  let nearest: (option: VerdictOption, value: Double)?
  /// How often the first is cheaper than the second, over joint redraws of the seeds; nil with one seed, or nothing second.
  let chanceCheapest: Double?

  private static let replicates = 2_000

  /// nil without a goal, or when nobody measured it.
  init?(_ grids: Grids, _ setting: Setting) {
    guard let goal = grids.input.goal, let metric = grids.input.metrics[name: goal.metric] else { return nil }
    let budgets = grids.budgets(of: setting)
    let isHigherBetter = metric.direction != .lowerIsBetter
    let sign = isHigherBetter ? 1.0 : -1
    let levels = budgets.map { grids.candidates($0).all }
    guard let last = levels.last else { return nil }
    var found: [Standing] = []
    var nearest: (option: VerdictOption, value: Double)?
    for candidate in last {
      let rows = levels.map { level in level.first { $0.option.isSameChoice(as: candidate.option) } }
      let measured = rows.compactMap { row in
        row.flatMap { row in row.values(metric).map { (cost: row.spending.reduce(0, +), values: $0, row: row) } }
      }
      guard measured.count == levels.count, measured.allSatisfy({ $0.cost > 0 }) else { continue }
      let means = measured.map { Descriptive.mean($0.values) }
      let best = means.max { sign * $0 < sign * $1 }!
      if nearest.map({ sign * best > sign * $0.value }) ?? true { nearest = (candidate.option, best) }
      let curve = CostCurve(zip(measured, means).map { CostCurve.Point(cost: $0.cost, utility: $1) })
      guard let place = means.firstIndex(where: { sign * $0 >= sign * goal.target }),
        let cost = curve.costToReach(goal.target, isHigherBetter: isHigherBetter)
      else { continue }
      let gaps = measured[place].values.map { sign * ($0 - goal.target) }
      let test = StratifiedMean([gaps])
      let row = measured[place].row
      found.append(
        Standing(
          option: row.option, cost: cost, level: budgets[place], value: means[place],
          items: Grid.mean(row.grid.results(row.strategy, shift: row.shift).map { Double($0.values.items) }) ?? 0,
          isSure: test.map { $0.estimate > 0 && $0.pValue / 2 <= Decisions.level } ?? false,
          subject: CostCurveResamples.Subject(costs: measured.map(\.cost), values: measured.map(\.values))))
    }
    let reaching = found.indices.sorted { (found[$0].cost, $0) < (found[$1].cost, $1) }.map { found[$0] }
    (self.goal, self.metric, self.setting, self.budgets) = (goal, metric, setting, budgets)
    self.reaching = reaching
    self.nearest = reaching.isEmpty ? nearest : nil
    chanceCheapest = Self.chance(reaching, goal.target, isHigherBetter)
    guard nearest != nil else { return nil }
  }

  private static func chance(_ reaching: [Standing], _ target: Double, _ isHigherBetter: Bool) -> Double? {
    guard reaching.count > 1, let seeds = reaching[0].subject.values.first?.count, seeds > 1,
      reaching.prefix(2).allSatisfy({ $0.subject.values.allSatisfy { $0.count == seeds } })
    else { return nil }
    let resamples = PairedResamples(strata: [Int](repeating: 0, count: seeds), replicates: replicates, seed: 0)
    let costs = reaching.prefix(2).map { standing in
      let means = standing.subject.values.map { resamples.replicates(of: $0) }
      return (0..<resamples.replicates).map { replicate in
        CostCurve(
          zip(standing.subject.costs, means).map { CostCurve.Point(cost: $0, utility: $1[replicate]) }
        ).costToReach(target, isHigherBetter: isHigherBetter) ?? .infinity
      }
    }
    let wins = zip(costs[0], costs[1]).reduce(0.0) { $0 + ($1.0 < $1.1 ? 1 : ($1.0 == $1.1 ? 0.5 : 0)) }
    return wins / Double(resamples.replicates)
  }

  /// How sure it is that the first reaches the goal and is cheaper than the second.
  var certainty: Certainty {
    guard let first = reaching.first else { return .alone }
    let seeds = first.subject.values.first?.count ?? 0
    guard seeds > 1 else { return .unknown }
    return Certainty(
      isClear: first.isSure && (chanceCheapest.map { $0 >= 0.975 } ?? true), hasInterval: true, chance: chanceCheapest,
      seeds: seeds)
  }
}
