/// The Wilcoxon signed-rank test of paired differences, two-sided.
package struct WilcoxonSignedRank: Hashable, Sendable {
  /// What to do with differences of zero.
  package enum Zeros: String, CaseIterable, Sendable {
    /// They take part in the ranking and are left out of the sums (Pratt 1959).
    case pratt
    /// They are dropped before ranking (Wilcoxon 1945).
    case dropped
  }

  /// The sum of the ranks of positive, and of negative differences.
  package let positiveSum: Double
  package let negativeSum: Double
  /// Differences other than zero.
  package let pairs: Int
  /// 1 when there is no difference at all.
  package let pValue: Double
  /// Whether ``pValue`` comes from the exact distribution (50 pairs or fewer) or from the normal approximation, with ties
  /// accounted for and without continuity correction.
  package let isExact: Bool

  /// W: the smaller of the two sums.
  package var statistic: Double { min(positiveSum, negativeSum) }

  package init(differences: [Double], zeros: Zeros = .pratt) {
    let kept = zeros == .dropped ? differences.filter { $0 != 0 } : differences
    let ranked = zip(kept, Ranks.midranks(kept.map(abs))).filter { $0.0 != 0 }
    let ranks = ranked.map(\.1)
    positiveSum = ranked.reduce(0) { $0 + ($1.0 > 0 ? $1.1 : 0) }
    negativeSum = ranked.reduce(0) { $0 + ($1.0 < 0 ? $1.1 : 0) }
    pairs = ranked.count
    isExact = pairs <= 50
    let smaller = min(positiveSum, negativeSum)
    pValue = isExact ? Self.exact(smaller, ranks) : Self.approximate(smaller, ranks)
  }

  /// The distribution of the sum when every rank counts with probability ½.
  private static func exact(_ sum: Double, _ ranks: [Double]) -> Double {
    // Mid-ranks are halves: twice their value is whole.
    let doubled = ranks.map { Int(2 * $0) }
    var probability = [Double](repeating: 0, count: doubled.reduce(1, +))
    probability[0] = 1
    var reach = 0
    for rank in doubled {
      reach += rank
      for total in stride(from: reach, through: 0, by: -1) {
        probability[total] = (probability[total] + (total >= rank ? probability[total - rank] : 0)) / 2
      }
    }
    return min(1, 2 * probability[...Int(2 * sum)].reduce(0, +))
  }

  /// Given the ranks, the sum has mean Σr/2 and variance Σr²/4, which holds for ties and for Pratt's ranks alike.
  private static func approximate(_ sum: Double, _ ranks: [Double]) -> Double {
    let mean = ranks.reduce(0, +) / 2
    let variance = ranks.reduce(0) { $0 + $1 * $1 } / 4
    return Distributions.normalTwoSided((sum - mean) / variance.squareRoot())
  }
}

/// Correction of several p-values for being looked at together.
package enum Holm {
  /// Holm's step-down adjusted p-values, in the order given; the family-wise error rate stays below the level at which they
  /// are cut.
  package static func adjusted(_ pValues: [Double]) -> [Double] {
    var adjusted = pValues
    var largest = 0.0
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    for (place, index) in order.enumerated() {
      largest = max(largest, min(1, pValues[index] * Double(pValues.count - place)))
      adjusted[index] = largest
    }
    return adjusted
  }
}
