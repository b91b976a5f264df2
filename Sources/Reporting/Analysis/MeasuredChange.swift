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
    let pairs = groups.map(\.pairs)
    let areDraws = before.hasDraws || after.hasDraws
    self.isPaired = isPaired && pairs.allSatisfy { $0.contains { $0 != nil } }
    if self.isPaired {
      let strata = Comparison.strata(pairs, areDraws: areDraws)
      let differences = strata.flatMap { $0 }
      guard !differences.isEmpty else { return nil }
      let both = pairs.flatMap { $0.compactMap { $0 } }
      self.before = Descriptive.mean(both.map(\.second.value))
      self.after = Descriptive.mean(both.map(\.first.value))
      difference = Descriptive.mean(differences)
      trials = differences.count
      let mean = StratifiedMean(strata)
      interval = mean?.interval()
      pValue = mean?.pValue
      signedRank = WilcoxonSignedRank(differences: differences).pValue
      // Where all pairs differ by the same, so few of them cannot be significant whatever that is.
      let isHopeless = mean.map { $0.standardError == 0 && $0.pValue > Decisions.level } ?? true
      finding = differences.allSatisfy { $0 == 0 } ? .unchanged : (isHopeless ? .tooFewTrials : .withinNoise)
    } else {
      let (old, new) = (groups.map(\.before), groups.map(\.after))
      let sides =
        areDraws ? [(DrawMeans.units(old), DrawMeans.units(new))] : zip(old, new).map { ($0.present, $1.present) }
      guard !sides.isEmpty, sides.allSatisfy({ !$0.0.isEmpty && !$0.1.isEmpty }) else { return nil }
      self.before = Descriptive.mean(sides.map { Descriptive.mean($0.0) })
      self.after = Descriptive.mean(sides.map { Descriptive.mean($0.1) })
      let welch = UnpairedComparison(strata: sides)
      difference = self.after - self.before
      trials = min(sides.reduce(0) { $0 + $1.0.count }, sides.reduce(0) { $0 + $1.1.count })
      interval = welch?.interval
      pValue = welch?.pValue
      signedRank = nil
      finding = welch == nil ? .tooFewTrials : .withinNoise
    }
  }

  /// The values of one strategy in one shift on both sides.
  private struct Group {
    /// By replicate.
    let before: [Double?]
    let after: [Double?]
    /// By the replicates of both sides together; nil for those that one of them has.
    let pairs: [(first: MeasuredValue, second: MeasuredValue)?]

    init?(_ metric: Metric, _ strategy: StrategyChoice, _ shift: String, _ before: Grid, _ after: Grid) {
      func values(_ grid: Grid) -> [Int: MeasuredValue] {
        guard let row = grid.strategies.firstIndex(of: strategy), let column = grid.shifts.firstIndex(of: shift) else {
          return [:]
        }
        return Dictionary(
          uniqueKeysWithValues: grid.replicates.indices.compactMap { place in
            grid.measured(metric.name, row, column, replicate: place).map { (grid.replicates[place], $0) }
          })
      }
      let (old, new) = (values(before), values(after))
      guard !old.isEmpty, !new.isEmpty else { return nil }
      self.before = before.replicates.map { old[$0]?.value }
      self.after = after.replicates.map { new[$0]?.value }
      pairs = Set(before.replicates + after.replicates).sorted().map { replicate in
        guard let before = old[replicate], let after = new[replicate] else { return nil }
        return (after, before)
      }
    }
  }
}

extension [Double?] {
  fileprivate var present: [Double] { compactMap { $0 } }
}
