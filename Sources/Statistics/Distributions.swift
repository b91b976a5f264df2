import Core

/// Distribution functions of the classical tests, made of portable arithmetic: every host computes the same bits.
package enum Distributions {
  /// P(Z ≤ x) for a standard normal Z.
  package static func normal(_ x: Double) -> Double {
    let tail = SpecialFunctions.upperGamma(0.5, x * x / 2) / 2
    return x < 0 ? tail : 1 - tail
  }

  /// P(|Z| ≥ |x|) for a standard normal Z, accurate far into the tail.
  package static func normalTwoSided(_ x: Double) -> Double { SpecialFunctions.upperGamma(0.5, x * x / 2) }

  /// The x at which ``normal(_:)`` is `probability`, for 0 < probability < 1.
  package static func normalQuantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "the normal quantile of \(probability) is not finite")
    return inverse(probability, below: -40, above: 40, of: normal)
  }

  /// P(X ≥ x) for a χ² variable with `degrees` degrees of freedom.
  package static func chiSquaredTail(_ x: Double, degrees: Double) -> Double {
    SpecialFunctions.upperGamma(degrees / 2, max(0, x) / 2)
  }

  /// P(T ≤ x) for Student's t with `degrees` degrees of freedom.
  package static func studentT(_ x: Double, degrees: Double) -> Double {
    let tail = SpecialFunctions.incompleteBeta(degrees / (degrees + x * x), a: degrees / 2, b: 0.5) / 2
    return x < 0 ? tail : 1 - tail
  }

  /// The x at which ``studentT(_:degrees:)`` is `probability`, for 0 < probability < 1.
  package static func studentTQuantile(_ probability: Double, degrees: Double) -> Double {
    precondition(probability > 0 && probability < 1, "the t quantile of \(probability) is not finite")
    return inverse(probability, below: -1e6, above: 1e6) { studentT($0, degrees: degrees) }
  }

  /// P(R ≤ x) for the range R of `count` independent standard normals (the studentised range with infinitely many degrees
  /// of freedom).
  package static func normalRange(_ x: Double, count: Int) -> Double {
    guard x > 0 else { return 0 }
    // Simpson's rule; the integrand is smooth and below 1e-16 outside ±9.
    let steps = 400
    let width = 18.0 / Double(steps)
    var sum = 0.0
    for step in 0...steps {
      let z = -9 + Double(step) * width
      let density = PortableMath.exp(-z * z / 2) * 0.3989422804014327
      var power = 1.0
      let between = normal(z + x) - normal(z)
      for _ in 1..<count { power *= between }
      sum += (step == 0 || step == steps ? 1 : (step.isMultiple(of: 2) ? 2 : 4)) * density * power
    }
    return Double(count) * sum * width / 3
  }

  /// The x at which ``normalRange(_:count:)`` is `probability`.
  package static func normalRangeQuantile(_ probability: Double, count: Int) -> Double {
    inverse(probability, below: 0, above: 40) { normalRange($0, count: count) }
  }

  /// Bisection: sure, and fast enough for the few quantiles that a report needs.
  private static func inverse(
    _ probability: Double, below: Double, above: Double, of function: (Double) -> Double
  ) -> Double {
    var (low, high) = (below, above)
    while true {
      let middle = (low + high) / 2
      guard middle > low, middle < high, high - low > 1e-13 else { return middle }
      if function(middle) < probability { low = middle } else { high = middle }
    }
  }
}

/// The gamma and beta functions that the distributions are made of.
enum SpecialFunctions {
  /// ln Γ(x) for x > 0 (Lanczos, g = 7, nine terms).
  static func logGamma(_ x: Double) -> Double {
    let coefficients = [
      676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
      -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ]
    let shifted = x - 1
    var series = 0.99999999999980993
    for (index, coefficient) in coefficients.enumerated() { series += coefficient / (shifted + Double(index + 1)) }
    let base = shifted + 7.5
    return 0.9189385332046727 + (shifted + 0.5) * PortableMath.log(base) - base + PortableMath.log(series)
  }

  /// The regularised upper incomplete gamma function Q(a, x), a > 0, x ≥ 0.
  static func upperGamma(_ a: Double, _ x: Double) -> Double {
    guard x > 0 else { return 1 }
    let scale = PortableMath.exp(a * PortableMath.log(x) - x - logGamma(a))
    return x < a + 1 ? 1 - scale * lowerSeries(a, x) : scale * upperFraction(a, x)
  }

  private static func lowerSeries(_ a: Double, _ x: Double) -> Double {
    var term = 1 / a
    var sum = term
    var denominator = a
    while abs(term) > abs(sum) * 1e-17 {
      denominator += 1
      term *= x / denominator
      sum += term
    }
    return sum
  }

  private static func upperFraction(_ a: Double, _ x: Double) -> Double {
    continuedFraction(first: x + 1 - a) { n in (n * (a - n), x + 2 * n + 1 - a) }
  }

  /// The regularised incomplete beta function I_x(a, b).
  static func incompleteBeta(_ x: Double, a: Double, b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    // The fraction converges fast only on this side of the mean; the other follows by symmetry.
    return x <= (a + 1) / (a + b + 2) ? betaFraction(x, a, b) : 1 - betaFraction(1 - x, b, a)
  }

  private static func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let logBeta = logGamma(a) + logGamma(b) - logGamma(a + b)
    let scale = PortableMath.exp(a * PortableMath.log(x) + b * PortableMath.log(1 - x) - logBeta)
    return scale / a
      * continuedFraction(first: 1) { step in
        let m = (step / 2).rounded(.down)
        let numerator =
          step == 2 * m
          ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
          : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        return (numerator, 1)
      }
  }

  /// 1 / (first + n₁/(d₁ + n₂/(d₂ + …))) by Lentz's method.
  private static func continuedFraction(
    first: Double, _ term: (Double) -> (numerator: Double, denominator: Double)
  ) -> Double {
    let tiny = 1e-300
    var c = 1 / tiny
    var d = 1 / first
    var value = d
    for step in 1...1_000 {
      let (numerator, denominator) = term(Double(step))
      d = 1 / nonZero(denominator + numerator * d, tiny)
      c = nonZero(denominator + numerator / c, tiny)
      value *= c * d
      if abs(c * d - 1) < 1e-16 { break }
    }
    return value
  }

  private static func nonZero(_ x: Double, _ tiny: Double) -> Double { abs(x) < tiny ? tiny : x }
}
