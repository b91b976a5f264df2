import Statistics
import Sweeps

/// One utility in one setting: who wins, by how much, and how sure that is.
struct UtilityAnalysis {
  /// A strategy over all shifts.
  struct Standing {
    let strategy: Int
    let mean: Double
    /// Against the reference; nil for the reference itself and without a common trial.
    let difference: Comparison?
    /// How often it came first among the strategies that can be recommended, over joint resamples; nil for an oracle,
    /// with missing trials, or with one seed.
    let chanceFirst: Double?
    /// The mean over shifts of its rank among the strategies that can be recommended; nil for an oracle.
    let meanRank: Double?
  }

  /// A strategy in one shift.
  struct Cell {
    let mean: Double
    /// Against the reference in the same shift.
    let difference: Comparison?
  }

  let metric: Metric
  /// Strategies with any value, best first. The order is by the paired difference to the reference.
  let standings: [Standing]
  /// By strategy, then shift; nil where no trial has a value.
  let cells: [[Cell?]]
  /// The best of the strategies that can be recommended.
  let winner: Standing?
  /// The strategies that can be recommended and whose difference to the winner is not clear, best first.
  let rivals: [(strategy: Int, comparison: Comparison)]
  /// The best of the others that can be recommended, with the winner's lead over it.
  let runnerUp: (strategy: Int, comparison: Comparison)?

  /// `sign` × a value is larger when the value is better.
  static func sign(_ metric: Metric) -> Double { metric.direction == .lowerIsBetter ? -1 : 1 }

  /// nil when no trial has a value.
  init?(_ grid: Grid, _ metric: Metric, _ resamples: Resamples) {
    self.metric = metric
    let all = Array(grid.shifts.indices)
    let chances = Self.chances(grid, metric, resamples)
    let ranks = Self.meanRanks(grid, metric)
    let standings = grid.strategies.indices.compactMap { strategy -> Standing? in
      guard let mean = grid.mean(metric.name, strategy) else { return nil }
      return Standing(
        strategy: strategy, mean: mean,
        difference: Self.againstReference(grid, metric, Row(strategy: strategy, shifts: all), resamples),
        chanceFirst: chances[strategy], meanRank: ranks[strategy])
    }
    guard !standings.isEmpty else { return nil }
    self.standings = Self.ordered(standings, grid, metric)
    cells = grid.strategies.indices.map { strategy in
      grid.shifts.indices.map { shift in
        guard let mean = grid.mean(metric.name, strategy, shift: shift) else { return nil }
        let row = Row(strategy: strategy, shifts: [shift])
        return Cell(mean: mean, difference: Self.againstReference(grid, metric, row, resamples))
      }
    }
    let eligible = self.standings.filter { !grid.strategies[$0.strategy].isOracle }
    winner = eligible.first
    let others = eligible.dropFirst().compactMap { other -> (strategy: Int, comparison: Comparison)? in
      let (first, second) = (
        Row(strategy: eligible[0].strategy, shifts: all), Row(strategy: other.strategy, shifts: all)
      )
      return Comparison(grid, metric, first, second, resamples).map { (other.strategy, $0) }
    }
    runnerUp = others.first
    rivals = others.filter { !$0.comparison.isClear }
  }

  private static func againstReference(
    _ grid: Grid, _ metric: Metric, _ row: Row, _ resamples: Resamples
  ) -> Comparison? {
    guard let reference = grid.reference, reference != row.strategy else { return nil }
    return Comparison(grid, metric, row, Row(strategy: reference, shifts: row.shifts), resamples)
  }

  /// Best first: by the paired difference to the reference when there is one, else by the mean. A tie keeps the
  /// sweep's order.
  private static func ordered(_ standings: [Standing], _ grid: Grid, _ metric: Metric) -> [Standing] {
    func merit(_ standing: Standing) -> Double {
      guard let reference = grid.reference else { return sign(metric) * standing.mean }
      if standing.strategy == reference { return 0 }
      return standing.difference.map { sign(metric) * $0.difference } ?? -.infinity
    }
    return standings.sorted { left, right in
      let (first, second) = (merit(left), merit(right))
      return first == second ? left.strategy < right.strategy : first > second
    }
  }

  /// The share of joint resamples in which each strategy has the best mean; ties share.
  private static func chances(_ grid: Grid, _ metric: Metric, _ resamples: Resamples) -> [Int: Double] {
    let eligible = grid.strategies.indices.filter { !grid.strategies[$0].isOracle }
    let values = eligible.map { strategy in
      grid.shifts.indices.flatMap { shift in
        grid.seeds.indices.compactMap { grid.value(metric.name, strategy, shift, seed: $0) }
      }
    }
    guard grid.seeds.count > 1, eligible.count > 1,
      values.allSatisfy({ $0.count == grid.shifts.count * grid.seeds.count })
    else { return [:] }
    let bootstrap = resamples.bootstrap(grid.shifts.map { _ in grid.seeds.count })
    let means = values.map { bootstrap.replicates(of: $0).map { $0 * sign(metric) } }
    var wins = [Double](repeating: 0, count: eligible.count)
    for replicate in 0..<bootstrap.replicates {
      let best = means.reduce(-Double.infinity) { max($0, $1[replicate]) }
      let tied = means.indices.filter { means[$0][replicate] == best }
      for strategy in tied { wins[strategy] += 1 / Double(tied.count) }
    }
    return Dictionary(uniqueKeysWithValues: zip(eligible, wins.map { $0 / Double(bootstrap.replicates) }))
  }

  private static func meanRanks(_ grid: Grid, _ metric: Metric) -> [Int: Double] {
    let eligible = grid.strategies.indices.filter { !grid.strategies[$0].isOracle }
    var ranks: [Int: [Double]] = [:]
    for shift in grid.shifts.indices {
      let present = eligible.compactMap { strategy in
        grid.mean(metric.name, strategy, shift: shift).map { (strategy: strategy, value: -sign(metric) * $0) }
      }
      for (entry, rank) in zip(present, Ranks.midranks(present.map(\.value))) {
        ranks[entry.strategy, default: []].append(rank)
      }
    }
    return ranks.mapValues { $0.reduce(0, +) / Double($0.count) }
  }
}
