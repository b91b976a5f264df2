import Core

extension Distributions {
  /// P(T ≤ x) for Student's t with `degrees` degrees of freedom and the given noncentrality: the distribution of
  /// (Z + noncentrality) / √(χ²/degrees). Lenth's series (algorithm AS 243, Applied Statistics 38, 1989).
  package static func noncentralT(_ x: Double, degrees: Double, noncentrality: Double) -> Double {
    guard x >= 0 else { return 1 - noncentralT(-x, degrees: degrees, noncentrality: -noncentrality) }
    let rate = noncentrality * noncentrality / 2
    let ratio = x * x / (degrees + x * x)
    var sum = 0.0
    // The weights are those of a Poisson variable: negligible ten deviations above its mean.
    let terms = Int(rate + 10 * rate.squareRoot()) + 30
    for index in 0..<terms {
      let j = Double(index)
      let scale = rate > 0 ? j * PortableMath.log(rate) - rate : (index == 0 ? 0 : -.infinity)
      let even = PortableMath.exp(scale - SpecialFunctions.logGamma(j + 1))
      let odd = noncentrality / 2.0.squareRoot() * PortableMath.exp(scale - SpecialFunctions.logGamma(j + 1.5))
      sum += even * SpecialFunctions.incompleteBeta(ratio, a: j + 0.5, b: degrees / 2)
      sum += odd * SpecialFunctions.incompleteBeta(ratio, a: j + 1, b: degrees / 2)
    }
    return min(1, max(0, normal(-noncentrality) + sum / 2))
  }
}
