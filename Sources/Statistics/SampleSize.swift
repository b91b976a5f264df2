import Core

/// The least a paired comparison can show: with n pairs the two-sided Wilcoxon signed-rank test cannot go below 2/2ⁿ.
package struct SignificanceLimit: Hashable, Sendable {
  /// Paired differences at hand.
  package let pairs: Int
  /// Comparisons that Holm's procedure corrects for.
  package let comparisons: Int
  package let level: Double

  package init(pairs: Int, comparisons: Int = 1, level: Double = 0.05) {
    precondition(pairs >= 0 && comparisons > 0 && level > 0 && level < 1, "no such test: \(pairs) pairs at \(level)")
    self.pairs = pairs
    self.comparisons = comparisons
    self.level = level
  }

  /// The smallest two-sided p that any data of this size can give.
  package var smallestP: Double { min(1, 2 * Double(sign: .plus, exponent: -pairs, significand: 1)) }

  /// Whether some data of this size would be significant after the correction.
  package var canBeSignificant: Bool { smallestP * Double(comparisons) <= level }

  /// The fewest pairs that can be significant after the correction.
  package var pairsNeeded: Int {
    (1...).first { 2 * Double(sign: .plus, exponent: -$0, significand: 1) * Double(comparisons) <= level }!
  }

  /// What to tell the reader: nil when the size allows significance.
  package var warning: String? {
    guard !canBeSignificant else { return nil }
    let correction = comparisons > 1 ? " after correction for \(comparisons) comparisons" : ""
    return
      "With \(pairs) paired trial\(pairs == 1 ? "" : "s") no difference can be significant at \(level)\(correction); "
      + "\(pairsNeeded) or more would be needed."
  }
}

/// How large a mean paired difference must be for this many pairs to find it.
package enum DetectableDifference {
  /// The minimum detectable difference (t₁₋α/₂ + t_power) · SE of a two-sided paired t-test, SE being that of the mean of
  /// `differences` whose units belong to `strata`; nil without a spare degree of freedom in any stratum.
  package static func minimum(
    differences: [Double], strata: [Int], level: Double = 0.05, power: Double = 0.8
  ) -> Double? {
    precondition(differences.count == strata.count, "\(differences.count) differences in \(strata.count) strata")
    let groups = Dictionary(grouping: differences.indices, by: { strata[$0] })
    let degrees = differences.count - groups.count
    guard degrees > 0 else { return nil }
    var variance = 0.0
    for stratum in groups.keys.sorted() {
      let members = groups[stratum]!.map { differences[$0] }
      guard members.count > 1 else { continue }
      let size = Double(members.count)
      variance += size * Descriptive.sumOfSquares(members) / (size - 1)
    }
    let standardError = variance.squareRoot() / Double(differences.count)
    let quantiles = [1 - level / 2, power].map { Distributions.studentTQuantile($0, degrees: Double(degrees)) }
    return (quantiles[0] + quantiles[1]) * standardError
  }
}
