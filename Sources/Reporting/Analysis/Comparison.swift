import Statistics
import Sweeps

/// What is compared: a strategy in some shifts.
struct Row: Hashable, Sendable {
  let strategy: Int
  let shifts: [Int]
}

/// The difference of two rows of a grid over the trials that both have. Trials are paired by seed, and by the position
/// of their shift within the row.
struct Comparison: Hashable, Sendable {
  /// The mean difference, first minus second.
  let difference: Double
  /// The differences of the pairs, grouped by shift.
  let groups: [[Double]]
  /// 95 % intervals of the mean difference; nil when some shift has fewer than two pairs.
  let interval: BootstrapInterval?

  /// Pairs of trials that count.
  var pairs: Int { groups.reduce(0) { $0 + $1.count } }

  /// Whether the interval leaves out 0.
  var leavesOutZero: Bool { interval.map { !$0.percentile.contains(0) } ?? false }

  /// Whether a verdict may rest on it: the interval leaves out 0, and there are enough pairs for a signed-rank test to
  /// be significant at all. A bootstrap of two or three pairs leaves out 0 too easily.
  var isClear: Bool { leavesOutZero && limit.canBeSignificant }

  /// What so many pairs can show at best.
  var limit: SignificanceLimit { SignificanceLimit(pairs: pairs) }

  /// Compares `first` with `second` by `metric`; nil without a common trial.
  init?(_ grid: Grid, _ metric: Metric, _ first: Row, _ second: Row, _ resamples: Resamples) {
    let pairs = zip(first.shifts, second.shifts).map { mine, theirs in
      grid.seeds.indices.compactMap { seed -> (first: MeasuredValue, second: MeasuredValue)? in
        guard let own = grid.measured(metric.name, first.strategy, mine, seed: seed),
          let other = grid.measured(metric.name, second.strategy, theirs, seed: seed)
        else { return nil }
        return (own, other)
      }
    }.filter { !$0.isEmpty }
    let differences = Ties.differences(pairs.flatMap { $0 })
    var rest = differences[...]
    groups = pairs.map { pairs in
      defer { rest = rest.dropFirst(pairs.count) }
      return Array(rest.prefix(pairs.count))
    }
    guard let mean = Grid.mean(differences) else { return nil }
    difference = mean
    let sizes = groups.map(\.count)
    interval = sizes.contains(1) ? nil : resamples.bootstrap(sizes).interval(of: differences)
  }

  /// The standard deviation of the differences within a shift; nil when no shift has two pairs.
  var spread: Double? {
    let degrees = groups.reduce(0) { $0 + $1.count - 1 }
    guard degrees > 0 else { return nil }
    let squares = groups.reduce(0.0) { sum, group in
      let mean = group.reduce(0, +) / Double(group.count)
      return sum + group.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    return (squares / Double(degrees)).squareRoot()
  }

  /// How many seeds a sweep of as many shifts would need to show a difference of this size four times out of five
  /// (5 % two-sided, normal approximation); nil when that cannot be estimated.
  var seedsNeeded: Int? {
    guard let spread, spread > 0, difference != 0 else { return nil }
    let ratio = (1.959964 + 0.841621) * spread / difference
    let needed = ratio * ratio / Double(groups.count)
    return needed > 1e6 ? 1_000_000 : max(2, Int(needed.rounded(.up)))
  }
}

/// The bootstrap resamples of a report: one fixed set for each shape of data, shared by all that is compared.
final class Resamples {
  private var known: [[Int]: PairedBootstrap] = [:]
  private let replicates: Int

  init(replicates: Int = 10_000) { self.replicates = replicates }

  /// Resamples of units that are grouped in shifts of the given sizes.
  func bootstrap(_ sizes: [Int]) -> PairedBootstrap {
    if let bootstrap = known[sizes] { return bootstrap }
    let strata = sizes.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element) }
    let bootstrap = PairedBootstrap(strata: strata, replicates: replicates, seed: 0)
    known[sizes] = bootstrap
    return bootstrap
  }
}
