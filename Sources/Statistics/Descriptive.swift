import Core

/// Numbers that describe a list of numbers. An empty list traps unless a function says otherwise.
package enum Descriptive {
  /// The arithmetic mean.
  package static func mean(_ values: [Double]) -> Double {
    precondition(!values.isEmpty, "nothing has no mean")
    return values.reduce(0, +) / Double(values.count)
  }

  /// The interquartile mean: the mean without the ⌊n/4⌋ smallest and as many largest (Agarwal et al. 2021).
  package static func interquartileMean(_ values: [Double]) -> Double {
    let cut = values.count / 4
    return mean(Array(values.sorted()[cut..<values.count - cut]))
  }

  /// The sample standard deviation (divisor n − 1); nil below two values.
  package static func standardDeviation(_ values: [Double]) -> Double? {
    guard values.count > 1 else { return nil }
    return (sumOfSquares(values) / Double(values.count - 1)).squareRoot()
  }

  /// The quantile at `probability` (0…1) of values in ascending order, by linear interpolation (Hyndman & Fan's type 7).
  package static func quantile(_ probability: Double, ofSorted values: [Double]) -> Double {
    precondition(
      !values.isEmpty && (0...1).contains(probability), "a quantile needs values and a probability from 0 to 1")
    let position = probability * Double(values.count - 1)
    let lower = Int(position)
    guard lower + 1 < values.count else { return values[lower] }
    return values[lower] + (position - Double(lower)) * (values[lower + 1] - values[lower])
  }

  /// The biased sample skewness g₁ = m₃ / m₂^1.5, with moments that divide by n; 0 when all values are equal or there are
  /// none.
  package static func skewness(_ values: [Double]) -> Double {
    guard let low = values.min(), let high = values.max(), high > low else { return 0 }
    let center = mean(values)
    let deviations = values.map { $0 - center }
    let second = deviations.reduce(0) { $0 + $1 * $1 } / Double(values.count)
    let third = deviations.reduce(0) { $0 + $1 * $1 * $1 } / Double(values.count)
    return third / (second * second.squareRoot())
  }

  /// The Gini coefficient Σᵢⱼ |xᵢ − xⱼ| / (2 n² mean) of non-negative values: 0 when all are equal, at most (n − 1)/n;
  /// nil when there is nothing to share.
  package static func gini(_ values: [Double]) -> Double? {
    let total = values.reduce(0, +)
    guard total > 0 else { return nil }
    let count = Double(values.count)
    var weighted = 0.0
    for (rank, value) in values.sorted().enumerated() { weighted += (2 * Double(rank + 1) - count - 1) * value }
    return weighted / (count * total)
  }

  /// exp(entropy) of the shares that non-negative values have of their sum: how many equal shares would be as diverse; nil
  /// when there is nothing to share.
  package static func exponentialEntropy(_ values: [Double]) -> Double? {
    let total = values.reduce(0, +)
    guard total > 0 else { return nil }
    var entropy = 0.0
    for value in values where value > 0 { entropy -= value / total * PortableMath.log(value / total) }
    return PortableMath.exp(entropy)
  }

  /// The sum of squared deviations from the mean.
  static func sumOfSquares(_ values: [Double]) -> Double {
    let center = mean(values)
    return values.reduce(0) { $0 + ($1 - center) * ($1 - center) }
  }
}
