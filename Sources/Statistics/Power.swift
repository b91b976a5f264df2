/// How often a paired t-test finds a difference that is really there, from the noncentral t distribution.
///
/// Differences are taken as normal with the same spread in every stratum; an *effect* is their mean over their standard
/// deviation (Cohen's d of paired differences).
package struct Power: Hashable, Sendable {
  /// The most pairs that are searched for.
  package static let mostPairs = 100_000

  /// Two-sided level of one comparison.
  package let level: Double
  /// Groups whose means may differ (shifts): each costs the test a degree of freedom.
  package let strata: Int

  /// `comparisons` looked at together are each held to level / comparisons, the first and hardest step of Holm's
  /// procedure (``Decisions``); 1 is what a first place is held to.
  package init(level: Double = Decisions.level, comparisons: Int = 1, strata: Int = 1) {
    precondition(level > 0 && level < 1 && comparisons > 0 && strata > 0, "no such comparison: level \(level)")
    self.level = level / Double(comparisons)
    self.strata = strata
  }

  /// The probability that `pairs` pairs show an effect of this size; 0 when so few can show nothing.
  package func power(effect: Double, pairs: Int) -> Double {
    let degrees = Double(pairs - strata)
    guard degrees > 0 else { return 0 }
    let noncentrality = abs(effect) * Double(pairs).squareRoot()
    // The series grows with the square of the noncentrality, and by then the power has long been 1.
    let critical = Distributions.studentTQuantile(1 - level / 2, degrees: degrees)
    guard noncentrality < critical + 20 * (1 + critical / degrees.squareRoot()), noncentrality < 200 else { return 1 }
    return 1 - Distributions.noncentralT(critical, degrees: degrees, noncentrality: noncentrality)
      + Distributions.noncentralT(-critical, degrees: degrees, noncentrality: noncentrality)
  }

  /// The fewest pairs with at least the wanted power, in whole multiples of the strata; nil when more than
  /// ``mostPairs`` would be needed.
  package func pairsNeeded(effect: Double, power wanted: Double = 0.8) -> Int? {
    precondition(wanted > 0 && wanted < 1, "no sample size gives a power of \(wanted)")
    guard effect != 0, effect.isFinite else { return effect == 0 ? nil : 2 * strata }
    var (low, high) = (0, 1)
    while power(effect: effect, pairs: high * strata) < wanted {
      guard high * strata < Self.mostPairs else { return nil }
      (low, high) = (high, high * 2)
    }
    while high - low > 1 {
      let middle = (low + high) / 2
      if power(effect: effect, pairs: middle * strata) < wanted { low = middle } else { high = middle }
    }
    return high * strata
  }

  /// The smallest effect that `pairs` pairs show with at least the wanted power; nil when so few can show nothing.
  package func detectableEffect(pairs: Int, power wanted: Double = 0.8) -> Double? {
    let largest = 64.0
    guard power(effect: largest, pairs: pairs) >= wanted else { return nil }
    var (low, high) = (0.0, largest)
    while high - low > high * 1e-4 {
      let middle = (low + high) / 2
      if power(effect: middle, pairs: pairs) < wanted { low = middle } else { high = middle }
    }
    return high
  }

  /// Units a stratum with which a mean as large as that of these differences, as noisy as they are within their strata, is found
  /// four times out of five when it is held to 5 % alone, as a first place is; ``mostPairs`` shared among the strata where more
  /// would be needed. nil when that cannot be estimated: without a mean, or with a single unit in every stratum.
  ///
  /// Differences that never vary are told by their signs: six are the fewest that can be significant.
  package static func unitsNeeded(_ strata: [[Double]]) -> Int? {
    let groups = strata.filter { !$0.isEmpty }
    let degrees = groups.reduce(0) { $0 + $1.count - 1 }
    let mean = Descriptive.mean(groups.flatMap { $0 })
    guard degrees > 0, mean != 0 else { return nil }
    let spread = (groups.reduce(0) { $0 + Descriptive.sumOfSquares($1) } / Double(degrees)).squareRoot()
    let count = groups.count
    guard spread > 0 else { return max(2, (6 + count - 1) / count) }
    return (Power(strata: count).pairsNeeded(effect: mean / spread) ?? mostPairs) / count
  }
}
