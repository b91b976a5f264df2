import Core
import Statistics
package import Sweeps

/// How one utility of one strategy differs between two sweeps.
package struct MeasuredChange: Hashable, Sendable {
  package enum Finding: String, CaseIterable, Sendable {
    /// Every pair of trials has the same value.
    case unchanged
    /// Significant at 5 % after Holm's correction.
    case moreThanNoise = "more than noise"
    case withinNoise = "within noise"
    /// Some shift has a single pair, or few pairs all differ by the same: nothing tells how much chance could do.
    case tooFewTrials = "too few trials to tell"
  }

  package let metric: Metric
  package let strategy: StrategyChoice
  /// nil: over all shifts that both sweeps have.
  package let shift: String?
  package let before: Double
  package let after: Double
  /// After minus before: the mean of the pairs' differences, or of the shifts' differences.
  package let difference: Double
  /// 95 %: Student's t of the pairs by shift, or Welch's t.
  package let interval: ClosedRange<Double>?
  /// Whether the same trials (shift, budget, seed) exist on both sides.
  package let isPaired: Bool
  /// Pairs of trials, or trials of the smaller side.
  package let trials: Int
  /// The exact p of the signed-rank test of the pairs, ties and zeros by their counts: classical evidence beside the test that
  /// decides. nil without pairs.
  package let signedRank: Double?
  /// The p of the t-test of the pairs by shift, or Welch's p, which decides; nil with too few trials for it.
  package let pValue: Double?
  /// After Holm's correction over the changes of the same utility and the same kind (over all shifts, or in one).
  package private(set) var adjusted: Double?
  package private(set) var finding: Finding

  /// The changes of one utility between two grids: over all shifts, then in each; unchanged ones included.
  static func all(_ metric: Metric, _ before: Grid, _ after: Grid, isPaired: Bool)
    -> [MeasuredChange]
  {
    let strategies = before.strategies.filter(after.strategies.contains)
    let shifts = before.shifts.filter(after.shifts.contains)
    func changes(_ shift: String?) -> [MeasuredChange] {
      strategies.compactMap { strategy in
        MeasuredChange(
          metric, strategy, shift: shift, shifts: shift.map { [$0] } ?? shifts, before, after, isPaired: isPaired)
      }
    }
    let overall = shifts.count > 1 ? corrected(changes(nil)) : []
    return overall + corrected(shifts.flatMap { changes($0) })
  }

  /// Holm's correction over changes that are looked at together; unchanged ones are no question.
  private static func corrected(_ changes: [MeasuredChange]) -> [MeasuredChange] {
    var changes = changes
    let asked = changes.indices.filter { changes[$0].finding != .unchanged && changes[$0].pValue != nil }
    for (index, adjusted) in zip(asked, Holm.adjusted(asked.map { changes[$0].pValue! })) {
      changes[index].adjusted = adjusted
      guard changes[index].finding != .tooFewTrials else { continue }
      changes[index].finding = adjusted <= Decisions.level ? .moreThanNoise : .withinNoise
    }
    return changes
  }

  /// nil when the two sides share no shift with a value.
  private init?(
    _ metric: Metric, _ strategy: StrategyChoice, shift: String?, shifts: [String], _ before: Grid, _ after: Grid,
    isPaired: Bool
  ) {
    let groups = shifts.compactMap { Group(metric, strategy, $0, before, after) }
    guard !groups.isEmpty else { return nil }
    (self.metric, self.strategy, self.shift) = (metric, strategy, shift)
    let pairs = groups.map(\.pairs).filter { !$0.isEmpty }
    self.isPaired = isPaired && pairs.count == groups.count
    if self.isPaired {
      let differences = Ties.differences(pairs.flatMap { $0.map { (first: $0.after, second: $0.before) } })
      self.before = Descriptive.mean(pairs.flatMap { $0.map(\.before.value) })
      self.after = Descriptive.mean(pairs.flatMap { $0.map(\.after.value) })
      difference = Descriptive.mean(differences)
      trials = differences.count
      var rest = differences[...]
      let strata = pairs.map { pairs in
        defer { rest = rest.dropFirst(pairs.count) }
        return Array(rest.prefix(pairs.count))
      }
      let mean = StratifiedMean(strata)
      interval = mean?.interval()
      pValue = mean?.pValue
      signedRank = WilcoxonSignedRank(differences: differences).pValue
      // Where all pairs differ by the same, so few of them cannot be significant whatever that is.
      let isHopeless = mean.map { $0.standardError == 0 && $0.pValue > Decisions.level } ?? true
      finding = differences.allSatisfy { $0 == 0 } ? .unchanged : (isHopeless ? .tooFewTrials : .withinNoise)
    } else {
      self.before = Descriptive.mean(groups.map { Descriptive.mean($0.before) })
      self.after = Descriptive.mean(groups.map { Descriptive.mean($0.after) })
      let welch = UnpairedComparison(strata: groups.map { ($0.before, $0.after) })
      difference = self.after - self.before
      trials = min(groups.reduce(0) { $0 + $1.before.count }, groups.reduce(0) { $0 + $1.after.count })
      interval = welch?.interval
      pValue = welch?.pValue
      signedRank = nil
      finding = welch == nil ? .tooFewTrials : .withinNoise
    }
  }

  /// The values of one strategy in one shift on both sides.
  private struct Group {
    let before: [Double]
    let after: [Double]
    let pairs: [(before: MeasuredValue, after: MeasuredValue)]

    init?(_ metric: Metric, _ strategy: StrategyChoice, _ shift: String, _ before: Grid, _ after: Grid) {
      func values(_ grid: Grid) -> [Int: MeasuredValue] {
        guard let row = grid.strategies.firstIndex(of: strategy), let column = grid.shifts.firstIndex(of: shift) else {
          return [:]
        }
        return Dictionary(
          uniqueKeysWithValues: grid.seeds.indices.compactMap { seed in
            grid.measured(metric.name, row, column, seed: seed).map { (grid.seeds[seed], $0) }
          })
      }
      let (old, new) = (values(before), values(after))
      guard !old.isEmpty, !new.isEmpty else { return nil }
      self.before = old.keys.sorted().map { old[$0]!.value }
      self.after = new.keys.sorted().map { new[$0]!.value }
      pairs = old.keys.sorted().compactMap { seed in new[seed].map { (old[seed]!, $0) } }
    }
  }
}
