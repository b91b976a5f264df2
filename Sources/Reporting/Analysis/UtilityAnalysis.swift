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
    /// Shifts in which it has a value.
    let shifts: Int
    /// Whether it has a value in every shift in which any strategy that can be recommended has one.
    let isComplete: Bool
    /// How often it came first among the strategies that can be recommended and miss no trial, over joint resamples; nil
    /// for the others and with one seed.
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
  /// Strategies with any value, best first by the paired difference to the reference; those that miss a shift last.
  let standings: [Standing]
  /// By strategy, then shift; nil where no trial has a value.
  let cells: [[Cell?]]
  /// Strategies that can be recommended and miss no shift, best first; when all miss some, all that can be recommended.
  let contenders: [Standing]
  /// The best of the contenders.
  let winner: Standing?
  /// The contenders whose difference to the winner is not clear, best first.
  let rivals: [(strategy: Int, comparison: Comparison)]
  /// The second of the contenders, with the winner's lead over it.
  let runnerUp: (strategy: Int, comparison: Comparison)?

  /// `sign` × a value is larger when the value is better.
  static func sign(_ metric: Metric) -> Double { metric.direction == .lowerIsBetter ? -1 : 1 }

  /// nil when no trial has a value.
  init?(_ grid: Grid, _ metric: Metric, _ resamples: Resamples) {
    self.metric = metric
    let all = Array(grid.shifts.indices)
    let chances = Self.chances(grid, metric, resamples)
    let ranks = Self.meanRanks(grid, metric)
    let covered = grid.strategies.indices.map { Self.coveredShifts(grid, metric, $0) }
    let wanted = grid.strategies.indices.filter { !grid.strategies[$0].isOracle }
      .reduce(into: Set<Int>()) { $0.formUnion(covered[$1]) }
    let standings = grid.strategies.indices.compactMap { strategy -> Standing? in
      guard let mean = grid.mean(metric.name, strategy) else { return nil }
      return Standing(
        strategy: strategy, mean: mean,
        difference: Self.againstReference(grid, metric, Row(strategy: strategy, shifts: all), resamples),
        shifts: covered[strategy].count, isComplete: covered[strategy].isSuperset(of: wanted),
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
    let complete = eligible.filter(\.isComplete)
    let contenders = complete.isEmpty ? eligible : complete
    self.contenders = contenders
    winner = contenders.first
    let others = contenders.dropFirst().compactMap { other -> (strategy: Int, comparison: Comparison)? in
      let (first, second) = (
        Row(strategy: contenders[0].strategy, shifts: all), Row(strategy: other.strategy, shifts: all)
      )
      return Comparison(grid, metric, first, second, resamples).map { (other.strategy, $0) }
    }
    runnerUp = others.first
    rivals = others.filter { !$0.comparison.isClear }
  }

  private static func coveredShifts(_ grid: Grid, _ metric: Metric, _ strategy: Int) -> Set<Int> {
    Set(grid.shifts.indices.filter { grid.mean(metric.name, strategy, shift: $0) != nil })
  }

  private static func againstReference(
    _ grid: Grid, _ metric: Metric, _ row: Row, _ resamples: Resamples
  ) -> Comparison? {
    guard let reference = grid.reference, reference != row.strategy else { return nil }
    return Comparison(grid, metric, row, Row(strategy: reference, shifts: row.shifts), resamples)
  }

  /// Best first, incomplete ones last: by the paired difference to the reference when there is one, else by the mean. A tie keeps the
  /// sweep's order.
  private static func ordered(_ standings: [Standing], _ grid: Grid, _ metric: Metric) -> [Standing] {
    func merit(_ standing: Standing) -> Double {
      guard let reference = grid.reference else { return sign(metric) * standing.mean }
      if standing.strategy == reference { return 0 }
      return standing.difference.map { sign(metric) * $0.difference } ?? -.infinity
    }
    let merits = Ties.merged(standings.map(merit), tolerance: Ties.tolerance(of: standings.map(\.mean)))
    return standings.indices.sorted { left, right in
      if standings[left].isComplete != standings[right].isComplete { return standings[left].isComplete }
      let isTie = merits[left] == merits[right]
      return isTie ? standings[left].strategy < standings[right].strategy : merits[left] > merits[right]
    }.map { standings[$0] }
  }

  /// The share of joint resamples in which each strategy has the best mean; ties share.
  private static func chances(_ grid: Grid, _ metric: Metric, _ resamples: Resamples) -> [Int: Double] {
    func values(_ strategy: Int) -> [Double] {
      grid.shifts.indices.flatMap { shift in
        grid.seeds.indices.compactMap { grid.value(metric.name, strategy, shift, seed: $0) }
      }
    }
    let complete = grid.strategies.indices.filter { strategy in
      !grid.strategies[strategy].isOracle && values(strategy).count == grid.shifts.count * grid.seeds.count
    }
    guard grid.seeds.count > 1, complete.count > 1, !grid.shifts.isEmpty else { return [:] }
    let bootstrap = resamples.bootstrap(grid.shifts.map { _ in grid.seeds.count })
    let means = complete.map { bootstrap.replicates(of: values($0)).map { $0 * sign(metric) } }
    var wins = [Double](repeating: 0, count: complete.count)
    for replicate in 0..<bootstrap.replicates {
      let found = Ties.merged(means.map { $0[replicate] })
      let best = found.max()
      let tied = found.indices.filter { found[$0] == best }
      for strategy in tied { wins[strategy] += 1 / Double(tied.count) }
    }
    return Dictionary(uniqueKeysWithValues: zip(complete, wins.map { $0 / Double(bootstrap.replicates) }))
  }

  private static func meanRanks(_ grid: Grid, _ metric: Metric) -> [Int: Double] {
    let eligible = grid.strategies.indices.filter { !grid.strategies[$0].isOracle }
    var ranks: [Int: [Double]] = [:]
    for shift in grid.shifts.indices {
      let present = eligible.compactMap { strategy in
        grid.mean(metric.name, strategy, shift: shift).map { (strategy: strategy, value: -sign(metric) * $0) }
      }
      for (entry, rank) in zip(present, Ranks.midranks(Ties.merged(present.map(\.value)))) {
        ranks[entry.strategy, default: []].append(rank)
      }
    }
    return ranks.mapValues { $0.reduce(0, +) / Double($0.count) }
  }
}
