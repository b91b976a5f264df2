import Results
import Statistics
import Sweeps

/// All that a report says about one setting, computed once.
struct SettingAnalysis {
  let setting: Setting
  let grid: Grid
  /// One entry a headline metric that some trial has: what the report is asked by first, then in the catalogue's order.
  let utilities: [UtilityAnalysis]
  /// The ways of collecting against each other; nil where there is one, or no `random`.
  let collecting: CollectingAnalysis?
  /// For the same utilities: utility against cost over strategies in shifts.
  let fronts: [CostFront]
  /// The trials that split their budget between pools.
  let mixes: Grid
  /// What to do, for the weights of the input; nil when no option is complete.
  let verdict: Verdict?
  /// What the choice is worth on test images that it never saw; nil where outcomes do not say.
  let heldOut: HeldOut?
  /// What other questions would answer.
  let others: [OtherAnswer]
  /// Headline utilities that tell no option from another, so that no mean has them.
  let silent: [SilentUtility]
  /// The options that nothing beats in cost and every weighted utility; nil below two options.
  let jointFront: JointFront?
  /// How far the order of the strategies depends on seeds, shifts, utilities and prices.
  let stability: StabilityAnalysis?

  init(_ grids: Grids, _ setting: Setting) {
    let grid = grids.sources(setting)
    self.setting = setting
    self.grid = grid
    mixes = grids.mixes(setting)
    let basis = VerdictBasis(grids, setting)
    let weights = basis?.weights.entries ?? []
    let asked = weights.enumerated().sorted {
      ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset)
    }.map(\.element.metric)
    let headline = grids.input.metrics.headline
    utilities = (asked + headline.filter { !asked.contains($0) }).compactMap { UtilityAnalysis(grid, $0) }
    collecting = CollectingAnalysis(grid, utilities.first)
    fronts = utilities.map { CostFront(grid, $0.metric) }
    let verdict = basis.map { Verdict(grids, $0) }
    self.verdict = verdict
    heldOut = basis.flatMap { HeldOut($0, recommended: verdict!.recommended.option) }
    others = basis.map { OtherAnswer.all($0, beside: verdict!.recommended.option) } ?? []
    let silent = basis.map { basis in basis.silent.filter { basis.headline.contains($0.metric) } } ?? []
    self.silent = silent
    // What nothing beats is asked of everything that was measured, whatever decides.
    jointFront = (basis?.asking(.average) ?? basis).flatMap {
      JointFront($0.scores, $0.weights, budget: setting.budget)
    }
    let telling = utilities.filter { utility in !silent.contains { $0.metric == utility.metric } }
    stability = StabilityAnalysis(grids, grid, telling.isEmpty ? utilities : telling)
  }

  /// Trials that finished, mixes included.
  var finished: Int { grid.finished + mixes.finished }

  func name(_ strategy: Int) -> String { grid.strategies[strategy].label }

  /// Metrics that are not on the first page but that some trial has, or that trials have together, by the catalogue's order.
  func metrics(_ groups: [Metric.Group]) -> [Metric] {
    let present = Set(grid.strategies.indices.flatMap { grid.results($0).flatMap { $0.values.metrics.keys } })
    return grid.metrics.metrics.filter { metric in
      groups.contains(metric.group) && !metric.isHeadline && metric.thing == nil
        && (present.contains(metric.name) || metric.origin == .derived && hasValue(metric))
    }
  }

  private func hasValue(_ metric: Metric) -> Bool {
    grid.strategies.indices.contains { grid.mean(metric.name, $0) != nil }
  }
}

/// Utility against cost: one point a strategy that can be recommended and a shift, with its state on the Pareto front.
struct CostFront {
  struct Point {
    let strategy: Int
    let shift: Int
    let cost: Double
    let utility: Double
    let state: ParetoFront.State
    /// How often the point is on the front, over joint resamples of the seeds; nil with one seed.
    let probability: Double?
    /// The utility after allowing for the choice of the best of all points, drawn towards the mean of its shift; nil with one
    /// seed or a single point.
    let shrunk: Double?
  }

  let metric: Metric
  /// Best utility first. Only points with every seed.
  let points: [Point]
  /// Costs that differ by no more than this count as equal.
  let tolerance: Double

  /// Whether the costs differ enough for a front to mean more than the best utility.
  var hasCostSpread: Bool {
    guard let least = points.map(\.cost).min(), let most = points.map(\.cost).max() else { return false }
    return most - least > 5 * tolerance
  }

  init(_ grid: Grid, _ metric: Metric) {
    self.metric = metric
    let tolerance = grid.setting.budget.amount / 100
    self.tolerance = tolerance
    var places: [(strategy: Int, shift: Int)] = []
    var (costs, utilities): ([[Double]], [[Double]]) = ([], [])
    for strategy in grid.strategies.indices where grid.isAchievable(strategy) {
      for shift in grid.shifts.indices {
        let values = grid.replicates.indices.compactMap { grid.value(metric.name, strategy, shift, replicate: $0) }
        guard values.count == grid.replicates.count, !values.isEmpty, let spending = grid.spending(strategy, shift)
        else { continue }
        places.append((strategy, shift))
        utilities.append(values)
        costs.append(spending)
      }
    }
    guard !places.isEmpty else {
      points = []
      return
    }
    let resamples = PairedResamples(
      strata: grid.replicates.map { _ in 0 }, replicates: grid.replicates.count > 1 ? Self.replicates : 1, seed: 0)
    let front = ParetoFront(
      objectives: [
        ParetoObjective(name: "cost", isHigherBetter: false, tolerance: tolerance, values: costs),
        ParetoObjective(
          name: metric.name, isHigherBetter: metric.direction != .lowerIsBetter, values: utilities),
      ], resamples: resamples)
    let sign = UtilityAnalysis.sign(metric)
    let best = BestOfMany(
      values: utilities.map { $0.map { sign * $0 } }, strata: grid.replicates.map { _ in 0 },
      groups: places.map(\.shift))
    points = places.indices.map { index in
      Point(
        strategy: places[index].strategy, shift: places[index].shift, cost: Grid.mean(costs[index]) ?? 0,
        utility: Grid.mean(utilities[index]) ?? 0, state: front.members[index].state,
        probability: grid.replicates.count > 1 ? front.members[index].probability : nil,
        shrunk: best.map { sign * $0.shrunk[index] })
    }.sorted { left, right in
      (-sign * left.utility, left.cost, left.strategy, left.shift)
        < (-sign * right.utility, right.cost, right.strategy, right.shift)
    }
  }

  /// Enough for the three states; each resample compares every pair of points.
  static let replicates = 1_000
}
