/// The mean of paired differences whose units belong to strata (seeds within shifts), with an interval that holds what it
/// says for few units.
///
/// The mean weighs every unit alike: Σ nₛ ȳₛ / N. Its variance Σ (nₛ/N)² sₛ²/nₛ takes each stratum's own spread, so that noisy
/// and quiet shifts need not be alike. The degrees of freedom are Welch's (``VarianceParts/degrees(of:_:comparisons:)``); for one
/// stratum that is Student's paired t. `Benchmarks inference` shows the coverage.
package struct StratifiedMean: Hashable, Sendable {
  package let estimate: Double
  package let standardError: Double
  /// Degrees of freedom of the t distribution; at least 1.
  package let degrees: Double
  package let units: Int

  /// nil without units, or when some stratum has only one: nothing tells how much chance could do there. Empty strata are none.
  package init?(_ strata: [[Double]]) {
    guard let parts = VarianceParts(strata) else { return nil }
    self.init(
      estimate: Descriptive.mean(strata.flatMap { $0 }), parts: parts,
      degrees: VarianceParts.degrees(of: parts.parts, parts.freedom, comparisons: 1))
  }

  init(estimate: Double, parts: VarianceParts, degrees: Double) {
    self.estimate = estimate
    self.degrees = degrees
    standardError = parts.total.squareRoot()
    units = parts.units
  }

  /// The mean of the same differences the other way round.
  package var reversed: StratifiedMean {
    StratifiedMean(estimate: -estimate, standardError: standardError, degrees: degrees, units: units)
  }

  private init(estimate: Double, standardError: Double, degrees: Double, units: Int) {
    (self.estimate, self.standardError, self.degrees, self.units) = (estimate, standardError, degrees, units)
  }

  /// The two-sided interval of the mean; of width 0 when nothing varies.
  package func interval(level: Double = 0.95) -> ClosedRange<Double> {
    guard standardError > 0 else { return estimate...estimate }
    let reach = standardError * Distributions.studentTQuantile(0.5 + level / 2, degrees: degrees)
    return estimate - reach...estimate + reach
  }

  /// The two-sided p of a mean of 0. When nothing varies, t says nothing and the sign test takes its place: 2/2ⁿ, or 1 for a mean
  /// of 0.
  package var pValue: Double {
    guard standardError > 0 else {
      return estimate == 0 ? 1 : min(1, 2 * Double(sign: .plus, exponent: -units, significand: 1))
    }
    return Distributions.studentTTwoSided(estimate / standardError, degrees: degrees)
  }
}

/// What each stratum adds to the variance of a mean over all units.
struct VarianceParts: Hashable, Sendable {
  /// (nₛ/N)² sₛ²/nₛ, by stratum; 0 for an empty one.
  let parts: [Double]
  /// nₛ − 1, by stratum; 0 for an empty one.
  let freedom: [Double]
  let units: Int

  var total: Double { parts.reduce(0, +) }

  init?(_ strata: [[Double]]) {
    let sizes = strata.map(\.count)
    units = sizes.reduce(0, +)
    guard units > 0, !sizes.contains(1) else { return nil }
    let all = Double(units)
    parts = strata.map { stratum in
      guard stratum.count > 1, stratum.contains(where: { $0 != stratum[0] }) else { return 0 }
      let size = Double(stratum.count)
      return size * Descriptive.sumOfSquares(stratum) / (size - 1) / (all * all)
    }
    freedom = sizes.map { Double(max(0, $0 - 1)) }
  }

  /// Degrees of freedom of a mean whose variance is the sum of `parts`.
  ///
  /// Satterthwaite's f = (Σ vₛ)² / Σ vₛ²/νₛ (Biometrics Bulletin 2, 1946) with the true parts. Where they are known from k
  /// independent comparisons, E v̂² = v² (1 + 2/(kνₛ)), and both sums free of that chance give
  /// f = (Σ v̂ₛ)²/D − 2/k with D = Σ v̂ₛ²/(νₛ + 2/k): for k = 1 Welch's first-order solution (Biometrika 34, 1947), for many
  /// comparisons Satterthwaite's. Kept between the smallest νₛ and Σ νₛ.
  ///
  /// - Parameters:
  ///   - freedom: νₛ, by stratum; strata with 0 do not count.
  ///   - comparisons: k, at least 1.
  static func degrees(of parts: [Double], _ freedom: [Double], comparisons: Int) -> Double {
    let total = parts.reduce(0, +)
    guard total > 0 else { return max(1, freedom.reduce(0, +)) }
    let chance = 2 / Double(comparisons)
    let squares = zip(parts, freedom).reduce(0) { $0 + ($1.1 > 0 ? $1.0 * $1.0 / ($1.1 + chance) : 0) }
    return kept(total * total / squares - chance, freedom)
  }

  private static func kept(_ degrees: Double, _ freedom: [Double]) -> Double {
    let least = freedom.filter { $0 > 0 }.min() ?? 1
    return max(least, min(freedom.reduce(0, +), degrees))
  }
}

extension Distributions {
  /// P(|T| ≥ |x|) for Student's t, accurate far into the tail.
  package static func studentTTwoSided(_ x: Double, degrees: Double) -> Double {
    SpecialFunctions.incompleteBeta(degrees / (degrees + x * x), a: degrees / 2, b: 0.5)
  }
}
