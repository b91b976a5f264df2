/// The difference of two means whose samples share nothing, over one or several strata: Welch's t for one stratum, and for
/// several the mean of the strata's differences with the Welch–Satterthwaite degrees of freedom.
package struct UnpairedComparison: Hashable, Sendable {
  /// Second minus first, mean over the strata.
  package let difference: Double
  package let interval: ClosedRange<Double>
  /// Two-sided.
  package let pValue: Double

  /// - Parameter strata: the two samples of each stratum.
  /// - Returns: nil without strata, when some sample has fewer than two values, or when nothing varies although the means
  ///   differ: then nothing tells how much chance could do.
  package init?(strata: [(first: [Double], second: [Double])], level: Double = 0.95) {
    guard !strata.isEmpty, strata.allSatisfy({ $0.first.count > 1 && $0.second.count > 1 }) else { return nil }
    let weight = 1 / Double(strata.count)
    var (difference, variance, denominator) = (0.0, 0.0, 0.0)
    for stratum in strata {
      difference += weight * (Descriptive.mean(stratum.second) - Descriptive.mean(stratum.first))
      for sample in [stratum.first, stratum.second] {
        let count = Double(sample.count)
        let part = weight * weight * Descriptive.sumOfSquares(sample) / (count - 1) / count
        variance += part
        denominator += part * part / (count - 1)
      }
    }
    self.difference = difference
    guard variance > 0 else {
      guard difference == 0 else { return nil }
      interval = 0...0
      pValue = 1
      return
    }
    let (error, degrees) = (variance.squareRoot(), variance * variance / denominator)
    let reach = error * Distributions.studentTQuantile(0.5 + level / 2, degrees: degrees)
    interval = difference - reach...difference + reach
    pValue = min(1, 2 * (1 - Distributions.studentT(abs(difference) / error, degrees: degrees)))
  }
}
