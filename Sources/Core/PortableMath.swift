/// Elementary functions made only of IEEE-754 basic operations, so that every host computes the same bits.
///
/// The C library picks fused or unfused versions by CPU, and those differ in the last bit; anything that ends up in a
/// digest uses these instead. Relative error is below 4e-16 for `log` and `exp`, absolute error below 4e-16 for the
/// sine and cosine of moderate arguments (|x| < 1e5).
package enum PortableMath {
  private static let ln2High = 0.693147180369123816490
  private static let ln2Low = 1.90821492927058770002e-10

  /// Natural logarithm; −∞ at 0, NaN below.
  package static func log(_ x: Double) -> Double {
    guard x > 0, x.isFinite else { return x == 0 ? -.infinity : (x == .infinity ? .infinity : .nan) }
    var exponent = Double(x.exponent)
    var mantissa = x.significand
    if mantissa > 1.4142135623730951 {
      mantissa *= 0.5
      exponent += 1
    }
    let s = (mantissa - 1) / (mantissa + 1)
    let square = s * s
    var series = 0.0
    for denominator in stride(from: 25.0, through: 3.0, by: -2.0) { series = (series + 1 / denominator) * square }
    return exponent * ln2High + (2 * s + (2 * s * series + exponent * ln2Low))
  }

  /// eˣ; +∞ above 709.78, 0 below −745.
  package static func exp(_ x: Double) -> Double {
    guard !x.isNaN else { return x }
    if x > 709.78 { return .infinity }
    if x < -745 { return 0 }
    let k = (x * 1.4426950408889634).rounded()
    let r = (x - k * ln2High) - k * ln2Low
    var series = 1.0
    for n in stride(from: 14.0, through: 1.0, by: -1.0) { series = 1 + series * r / n }
    let half = Int(k) / 2
    return series * Double(sign: .plus, exponent: half, significand: 1)
      * Double(sign: .plus, exponent: Int(k) - half, significand: 1)
  }

  /// xʸ for x > 0 through `exp` and `log`; 0 at x = 0 for y > 0, and 1 for y = 0.
  package static func pow(_ x: Double, _ y: Double) -> Double {
    if y == 0 { return 1 }
    if x == 0 { return 0 }
    return exp(y * log(x))
  }

  /// Sine of `x` radians.
  package static func sin(_ x: Double) -> Double { sinAndCos(x).sin }

  /// Cosine of `x` radians.
  package static func cos(_ x: Double) -> Double { sinAndCos(x).cos }

  /// Hyperbolic tangent.
  package static func tanh(_ x: Double) -> Double {
    if x > 20 { return 1 }
    if x < -20 { return -1 }
    let e = exp(2 * x)
    return (e - 1) / (e + 1)
  }

  private static func sinAndCos(_ x: Double) -> (sin: Double, cos: Double) {
    let quarter = (x * 0.6366197723675814).rounded()
    // π/2 in three parts, so that the product with the quarter count is exact in the first two.
    let r = ((x - quarter * 1.5707963267341256) - quarter * 6.077100506303966e-11) - quarter * 2.0222662487959506e-21
    let square = r * r
    var sine = 1.0
    var cosine = 1.0
    for n in stride(from: 20.0, through: 2.0, by: -2.0) {
      sine = 1 - sine * square / (n * (n + 1))
      cosine = 1 - cosine * square / (n * (n - 1))
    }
    sine *= r
    switch Int(quarter) & 3 {
    case 0: return (sine, cosine)
    case 1: return (cosine, -sine)
    case 2: return (-sine, -cosine)
    default: return (-cosine, sine)
    }
  }
}
