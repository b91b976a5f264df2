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
    /// What is said of it as one of many; nil for an oracle, when it misses a trial, and with one seed.
    let amongMany: AmongMany?
    /// The mean over shifts of its rank among the strategies that can be recommended; nil for an oracle.
    let meanRank: Double?
  }

  /// What a strategy is worth among those that can be recommended and miss no trial (``BestOfMany``).
  struct AmongMany {
    /// The probability that it is really the best.
    let chanceFirst: Double
    /// The mean after allowing for the choice of the best, in the utility's unit.
    let shrunk: Double
    /// What taking it instead of the really best one loses on average, at least 0, in the utility's unit.
    let regret: Double
  }

  /// A strategy in one shift.
  struct Cell {
    let mean: Double
    /// Against the reference in the same shift.
    let difference: Comparison?
    /// Whether that difference is decided, with Holm's correction over all differences to the reference in single shifts.
    fileprivate(set) var isDecided = false
  }

  let metric: Metric
  /// Strategies with any value, best first by the paired difference to the reference; those that miss a shift last.
  let standings: [Standing]
  /// Which strategies differ over all shifts, by the numbers of the grid; its first place is among ``contenders``.
  let decisions: Decisions
  /// By strategy, then shift; nil where no trial has a value.
  let cells: [[Cell?]]
  /// Strategies that can be recommended and miss no shift, best first; when all miss some, all that can be recommended.
  let contenders: [Standing]
  /// The best of the contenders.
  let winner: Standing?
  /// The contenders that keep the first place open, best first; none when it is decided.
  let rivals: [(strategy: Int, comparison: Comparison)]
  /// The second of the contenders, with the winner's lead over it.
  let runnerUp: (strategy: Int, comparison: Comparison)?

  /// Whether a strategy and the reference differ over all shifts; false for the reference itself and without one.
  func differsFromReference(_ strategy: Int, _ grid: Grid) -> Bool {
    grid.reference.map { decisions.differ(strategy, $0) } ?? false
  }

  /// `sign` × a value is larger when the value is better.
  static func sign(_ metric: Metric) -> Double { metric.direction == .lowerIsBetter ? -1 : 1 }

  /// nil when no trial has a value.
  init?(_ grid: Grid, _ metric: Metric) {
    self.metric = metric
    let all = Array(grid.shifts.indices)
    let among = Self.amongMany(grid, metric)
    let ranks = Self.meanRanks(grid, metric)
    let covered = grid.strategies.indices.map { Self.coveredShifts(grid, metric, $0) }
    let wanted = grid.strategies.indices.filter { grid.isAchievable($0) }
      .reduce(into: Set<Int>()) { $0.formUnion(covered[$1]) }
    let eligible = grid.strategies.indices.filter { grid.isAchievable($0) && !covered[$0].isEmpty }
    let complete = eligible.filter { covered[$0].isSuperset(of: wanted) }
    let rows = grid.strategies.indices.map { Row(strategy: $0, shifts: all) }
    let decisions = Decisions(grid, metric, rows, contenders: complete.isEmpty ? eligible : complete)
    self.decisions = decisions
    func compared(_ first: Int, _ second: Int) -> Comparison? {
      Comparison(grid, metric, rows[first], rows[second])?
        .judged(as: decisions.mean(first, second), sign: Self.sign(metric))
    }
    let standings = rows.indices.compactMap { strategy -> Standing? in
      guard let mean = grid.mean(metric.name, strategy) else { return nil }
      return Standing(
        strategy: strategy, mean: mean,
        difference: grid.reference.flatMap { $0 == strategy ? nil : compared(strategy, $0) },
        shifts: covered[strategy].count, isComplete: covered[strategy].isSuperset(of: wanted),
        amongMany: among[strategy], meanRank: ranks[strategy])
    }
    guard !standings.isEmpty else { return nil }
    self.standings = Self.ordered(standings, grid, metric)
    cells = Self.decided(
      grid.strategies.indices.map { strategy in
        grid.shifts.indices.map { shift in
          grid.mean(metric.name, strategy, shift: shift).map { mean in
            let row = Row(strategy: strategy, shifts: [shift])
            return Cell(mean: mean, difference: Self.againstReference(grid, metric, row))
          }
        }
      })
    let contenders = self.standings.filter { standing in
      grid.isAchievable(standing.strategy) && (complete.isEmpty || standing.isComplete)
    }
    self.contenders = contenders
    winner = contenders.first
    let others = contenders.dropFirst().compactMap { other -> (strategy: Int, comparison: Comparison)? in
      compared(contenders[0].strategy, other.strategy).map { (other.strategy, $0) }
    }
    runnerUp = others.first
    let open = contenders.first.map { decisions.rivals(of: $0.strategy, among: contenders.map(\.strategy)) } ?? []
    rivals = others.filter { open.contains($0.strategy) }
  }

  /// Holm's correction over every difference to the reference in a single shift.
  private static func decided(_ cells: [[Cell?]]) -> [[Cell?]] {
    var cells = cells
    let places = cells.indices.flatMap { row in
      cells[row].indices.compactMap { column -> (row: Int, column: Int, pValue: Double)? in
        cells[row][column]?.difference?.mean.map { (row, column, $0.pValue) }
      }
    }
    for (place, adjusted) in zip(places, Holm.adjusted(places.map(\.pValue))) {
      cells[place.row][place.column]?.isDecided = adjusted <= Decisions.level
    }
    return cells
  }

  private static func coveredShifts(_ grid: Grid, _ metric: Metric, _ strategy: Int) -> Set<Int> {
    Set(grid.shifts.indices.filter { grid.mean(metric.name, strategy, shift: $0) != nil })
  }

  private static func againstReference(_ grid: Grid, _ metric: Metric, _ row: Row) -> Comparison? {
    guard let reference = grid.reference, reference != row.strategy else { return nil }
    return Comparison(grid, metric, row, Row(strategy: reference, shifts: row.shifts))
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

  private static func amongMany(_ grid: Grid, _ metric: Metric) -> [Int: AmongMany] {
    let sign = sign(metric)
    let complete = grid.strategies.indices.compactMap { strategy -> (strategy: Int, values: [Double])? in
      guard grid.isAchievable(strategy) else { return nil }
      let values = grid.shifts.indices.map { shift in
        grid.replicates.indices.map { grid.value(metric.name, strategy, shift, replicate: $0).map { sign * $0 } }
      }
      return grid.units(values).map { (strategy, $0) }
    }
    let strata = grid.strata(shifts: grid.shifts.count)
    guard let best = BestOfMany(values: complete.map(\.values), strata: strata) else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: complete.map(\.strategy).enumerated().map { place, strategy in
        (
          strategy,
          AmongMany(
            chanceFirst: best.chanceBest[place], shrunk: sign * best.shrunk[place],
            regret: best.expectedRegret[place])
        )
      })
  }

  private static func meanRanks(_ grid: Grid, _ metric: Metric) -> [Int: Double] {
    let eligible = grid.strategies.indices.filter { grid.isAchievable($0) }
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
