import Core

/// How often a paired comparison finds a difference that is really there.
///
/// Differences are taken as normal with the same spread in every stratum; an *effect* is their mean over their standard
/// deviation (Cohen's d of paired differences).
package struct Power: Hashable, Sendable {
  package enum Test: String, CaseIterable, Sendable {
    /// The two-sided paired t-test: exact, from the noncentral t distribution.
    case t
    /// The two-sided Wilcoxon signed-rank test: simulated up to ``largestSimulated`` pairs; beyond, the t-test's power at
    /// 3/π of the pairs (its asymptotic relative efficiency for normal differences, Lehmann 1975).
    case wilcoxon
  }

  /// The most pairs that ``Test/wilcoxon`` is simulated for.
  package static let largestSimulated = 30
  /// The most pairs that are searched for.
  package static let mostPairs = 100_000
  private static let draws = 4_000

  package let test: Test
  /// Two-sided level of one comparison.
  package let level: Double
  /// Groups whose means may differ (shifts): each costs the t-test a degree of freedom.
  package let strata: Int

  /// `comparisons` looked at together are each held to level / comparisons, the first and hardest step of Holm's
  /// procedure.
  package init(test: Test, level: Double = 0.05, comparisons: Int = 1, strata: Int = 1) {
    precondition(level > 0 && level < 1 && comparisons > 0 && strata > 0, "no such comparison: level \(level)")
    self.test = test
    self.level = level / Double(comparisons)
    self.strata = strata
  }

  /// The probability that `pairs` pairs show an effect of this size; 0 when so few can show nothing.
  package func power(effect: Double, pairs: Int) -> Double {
    switch test {
    case .t: return power(effect: effect, pairs: Double(pairs))
    case .wilcoxon:
      guard SignificanceLimit(pairs: pairs, level: level).canBeSignificant else { return 0 }
      return pairs <= Self.largestSimulated
        ? simulated(effect: abs(effect), pairs: pairs) : power(effect: effect, pairs: Double(pairs) * 3 / .pi)
    }
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
    if test == .wilcoxon, pairs <= Self.largestSimulated { return simulatedEffect(pairs: pairs, power: wanted) }
    let largest = 64.0
    guard power(effect: largest, pairs: pairs) >= wanted else { return nil }
    var (low, high) = (0.0, largest)
    while high - low > high * 1e-4 {
      let middle = (low + high) / 2
      if power(effect: middle, pairs: pairs) < wanted { low = middle } else { high = middle }
    }
    return high
  }

  private func power(effect: Double, pairs: Double) -> Double {
    let degrees = pairs - Double(strata)
    guard degrees > 0 else { return 0 }
    let noncentrality = abs(effect) * pairs.squareRoot()
    // The series grows with the square of the noncentrality, and by then the power has long been 1.
    let critical = Distributions.studentTQuantile(1 - level / 2, degrees: degrees)
    guard noncentrality < critical + 20 * (1 + critical / degrees.squareRoot()), noncentrality < 200 else { return 1 }
    return 1 - Distributions.noncentralT(critical, degrees: degrees, noncentrality: noncentrality)
      + Distributions.noncentralT(-critical, degrees: degrees, noncentrality: noncentrality)
  }

  /// The share of 4,000 simulated samples (the same draws for every effect) that are significant.
  private func simulated(effect: Double, pairs: Int) -> Double {
    guard let critical = WilcoxonSignedRank.criticalSum(pairs: pairs, level: level) else { return 0 }
    var generator = Self.generator(pairs)
    var found = 0
    for _ in 0..<Self.draws {
      let sample = (0..<pairs).map { _ in effect + generator.normal() }.sorted { abs($0) < abs($1) }
      var negative = 0
      for (place, difference) in sample.enumerated() where difference < 0 { negative += place + 1 }
      if min(negative, pairs * (pairs + 1) / 2 - negative) <= critical { found += 1 }
    }
    return Double(found) / Double(Self.draws)
  }

  /// The effect beyond which the wanted share of the same samples is significant. The sum of the negative ranks is the number
  /// of negative Walsh averages (xᵢ + xⱼ)/2, i ≤ j, so each sample has one effect from which on it is significant.
  private func simulatedEffect(pairs: Int, power wanted: Double) -> Double? {
    guard let critical = WilcoxonSignedRank.criticalSum(pairs: pairs, level: level) else { return nil }
    var generator = Self.generator(pairs)
    let thresholds = (0..<Self.draws).map { _ in
      let sample = (0..<pairs).map { _ in generator.normal() }
      var averages: [Double] = []
      averages.reserveCapacity(pairs * (pairs + 1) / 2)
      for i in 0..<pairs {
        for j in i..<pairs { averages.append((sample[i] + sample[j]) / 2) }
      }
      averages.sort()
      return -averages[critical]
    }
    let place = Int((wanted * Double(Self.draws)).rounded(.up)) - 1
    return max(0, thresholds.sorted()[max(0, place)])
  }

  private static func generator(_ pairs: Int) -> SeededGenerator {
    SeededGenerator(seed: 0, purpose: "power of the signed-rank test/\(pairs)")
  }
}

extension WilcoxonSignedRank {
  /// The largest W that is significant at the two-sided `level` for that many pairs without ties or zeros; nil when none
  /// is.
  package static func criticalSum(pairs: Int, level: Double = 0.05) -> Int? {
    let most = pairs * (pairs + 1) / 2
    var probability = [Double](repeating: 0, count: most + 1)
    probability[0] = 1
    for rank in 1...max(1, pairs) where pairs > 0 {
      for total in stride(from: most, through: 0, by: -1) {
        probability[total] = (probability[total] + (total >= rank ? probability[total - rank] : 0)) / 2
      }
    }
    var (sum, critical): (Double, Int?) = (0, nil)
    for (total, share) in probability.enumerated() {
      sum += share
      guard 2 * sum <= level else { break }
      critical = total
    }
    return critical
  }
}
