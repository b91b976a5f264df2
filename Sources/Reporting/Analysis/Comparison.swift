import Statistics
import Sweeps

/// What is compared: a strategy in some shifts.
struct Row: Hashable, Sendable {
  let strategy: Int
  let shifts: [Int]
}

/// The difference of two rows of a grid over the replicates that both have, paired by replicate (a seed, or a draw of the data set)
/// and by the position of their shift within the row. A draw is one unit over all its shifts (``DrawMeans``).
struct Comparison: Hashable, Sendable {
  /// The mean difference, first minus second.
  let difference: Double
  /// The differences of the pairs, one group a shift of the rows; empty where the two have no common trial. Of draws one group.
  let strata: [[Double]]
  /// The mean with its standard error; nil when some shift has a single pair.
  private(set) var mean: StratifiedMean?

  /// The differences of the pairs, grouped by shift.
  var groups: [[Double]] { strata.filter { !$0.isEmpty } }

  /// Pairs of trials that count.
  var pairs: Int { strata.reduce(0) { $0 + $1.count } }

  /// The 95 % interval of the mean difference; nil when some shift has a single pair.
  var interval: ClosedRange<Double>? { mean?.interval() }

  /// Compares `first` with `second` by `metric`; nil without a common trial.
  init?(_ grid: Grid, _ metric: Metric, _ first: Row, _ second: Row) {
    let pairs = zip(first.shifts, second.shifts).map { mine, theirs in
      grid.replicates.indices.map { replicate -> (first: MeasuredValue, second: MeasuredValue)? in
        guard let own = grid.measured(metric.name, first.strategy, mine, replicate: replicate),
          let other = grid.measured(metric.name, second.strategy, theirs, replicate: replicate)
        else { return nil }
        return (own, other)
      }
    }
    strata = Self.strata(pairs, areDraws: grid.hasDraws)
    guard let mean = Grid.mean(strata.flatMap { $0 }) else { return nil }
    difference = mean
    self.mean = StratifiedMean(strata)
  }

  /// The same comparison as one of several that are judged together: its interval and their p come from the same degrees of
  /// freedom, so that no mark contradicts an interval. `mean` is of the same pairs, `sign` times their difference.
  func judged(as mean: StratifiedMean?, sign: Double) -> Comparison {
    var comparison = self
    comparison.mean = mean.map { sign < 0 ? $0.reversed : $0 } ?? self.mean
    return comparison
  }

  /// The differences of pairs, by shift and replicate; of draws one for each.
  static func strata(_ pairs: [[(first: MeasuredValue, second: MeasuredValue)?]], areDraws: Bool) -> [[Double]] {
    var rest = Ties.differences(pairs.flatMap { $0.compactMap { $0 } })[...]
    let differences = pairs.map { $0.map { $0 == nil ? nil : rest.popFirst() } }
    return areDraws ? [DrawMeans.units(differences)] : differences.map { $0.compactMap { $0 } }
  }

  /// How many seeds a sweep of as many shifts would need to show a difference of this size (``Power/unitsNeeded(_:)``).
  var seedsNeeded: Int? { Power.unitsNeeded(strata) }
}

extension Decisions {
  /// Rows of a grid against each other by one utility, paired by seed and place of the shift.
  init(_ grid: Grid, _ metric: Metric, _ rows: [Row], contenders: [Int]? = nil) {
    let sign = UtilityAnalysis.sign(metric)
    self.init(subjects: rows.count, contenders: contenders) { first, second in
      Comparison(grid, metric, rows[first], rows[second]).map { comparison in
        Differences(strata: comparison.strata.map { $0.map { sign * $0 } })
      }
    }
  }
}
