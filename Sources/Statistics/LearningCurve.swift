import Core

/// A power law of diminishing returns, q(n) = a − b·n^−α with b > 0: what learning curves of image classifiers follow over a
/// range of sizes (Hestness et al. 2017, arXiv:1712.00409; Rosenfeld et al., ICLR 2020).
package struct LearningCurve: Hashable, Sendable {
  /// a: what it tends to.
  package let limit: Double
  /// b.
  package let gain: Double
  /// α.
  package let exponent: Double

  /// Exponents are searched between these; a best fit at an end is no fit.
  private static let exponents = 0.02...4.0
  private static let grid = 80

  package init(limit: Double, gain: Double, exponent: Double) {
    (self.limit, self.gain, self.exponent) = (limit, gain, exponent)
  }

  /// The least-squares fit: linear in a and b for each α, α by a grid and then by golden section. nil below three points of
  /// different cost, when the best α lies at an end of what is searched, or when the curve does not rise: the points
  /// then do not say which power law they follow.
  ///
  /// - Parameter points: larger utilities are better.
  package init?(_ points: [CostCurve.Point]) {
    guard Set(points.map(\.cost)).count > 2 else { return nil }
    let logs = points.map { PortableMath.log($0.cost) }
    let utilities = points.map(\.utility)
    func fit(_ logExponent: Double) -> (curve: LearningCurve, squares: Double) {
      Self.fit(exponent: PortableMath.exp(logExponent), logs, utilities)
    }
    let (low, high) = (PortableMath.log(Self.exponents.lowerBound), PortableMath.log(Self.exponents.upperBound))
    let step = (high - low) / Double(Self.grid)
    let squares = (0...Self.grid).map { fit(low + Double($0) * step).squares }
    let best = squares.indices.min { (squares[$0], $0) < (squares[$1], $1) }!
    guard best > 0, best < Self.grid else { return nil }
    let ratio = 0.6180339887498949
    var (left, right) = (low + Double(best - 1) * step, low + Double(best + 1) * step)
    for _ in 0..<50 {
      let (first, second) = (right - ratio * (right - left), left + ratio * (right - left))
      if fit(first).squares <= fit(second).squares { right = second } else { left = first }
    }
    let found = fit((left + right) / 2).curve
    guard found.gain > 0, found.limit.isFinite else { return nil }
    self = found
  }

  private static func fit(exponent: Double, _ logs: [Double], _ utilities: [Double]) -> (LearningCurve, Double) {
    // Powers relative to the smallest cost stay near 1, whatever the unit of money.
    let origin = logs.min()!
    let powers = logs.map { PortableMath.exp(-exponent * ($0 - origin)) }
    let (center, middle) = (Descriptive.mean(powers), Descriptive.mean(utilities))
    var (product, square) = (0.0, 0.0)
    for (power, utility) in zip(powers, utilities) {
      product += (power - center) * (utility - middle)
      square += (power - center) * (power - center)
    }
    let slope = square > 0 ? product / square : 0
    let limit = middle - slope * center
    var squares = 0.0
    for (power, utility) in zip(powers, utilities) {
      let residual = utility - limit - slope * power
      squares += residual * residual
    }
    return (
      LearningCurve(limit: limit, gain: -slope * PortableMath.exp(exponent * origin), exponent: exponent), squares
    )
  }

  package func utility(at cost: Double) -> Double {
    limit - gain * PortableMath.exp(-exponent * PortableMath.log(cost))
  }

  /// The cost at which it reaches `target`; nil at or above ``limit``.
  package func cost(of target: Double) -> Double? {
    guard target < limit else { return nil }
    return PortableMath.exp(PortableMath.log(gain / (limit - target)) / exponent)
  }
}

/// A fitted learning curve with what redrawing the pairing units says of it.
package struct LearningCurveBand: Hashable, Sendable {
  package let curve: LearningCurve
  /// 95 % of the redraws' limits and exponents.
  package let limit: ClosedRange<Double>
  package let exponent: ClosedRange<Double>
  /// By replicate; nil where a redraw has no fit of its own.
  private let redrawn: [LearningCurve?]

  /// The share of redraws that must have a fit of their own.
  private static let needed = 0.95

  /// nil when the curve is not identified: fewer than three costs, no fit, or too many redraws without one.
  package init?(_ subject: CostCurveResamples.Subject, resamples: PairedResamples) {
    func fit(_ means: [Double]) -> LearningCurve? {
      LearningCurve(zip(subject.costs, means).map { CostCurve.Point(cost: $0, utility: $1) })
    }
    guard subject.costs.count > 2, let curve = fit(subject.values.map { Descriptive.mean($0) }) else { return nil }
    let means = subject.values.map { resamples.replicates(of: $0) }
    let redrawn = (0..<resamples.replicates).map { replicate in fit(means.map { $0[replicate] }) }
    let fits = redrawn.compactMap { $0 }
    guard Double(fits.count) >= Self.needed * Double(resamples.replicates) else { return nil }
    self.curve = curve
    self.redrawn = redrawn
    limit = Self.middle(fits.map(\.limit))
    exponent = Self.middle(fits.map(\.exponent))
  }

  /// 95 % of the redraws' utilities at a cost.
  package func utilities(at cost: Double) -> ClosedRange<Double> {
    Self.middle(redrawn.compactMap { $0?.utility(at: cost) })
  }

  /// The redraws' utilities at a cost, by replicate; nil where a redraw has no fit of its own.
  package func replicates(at cost: Double) -> [Double?] { redrawn.map { $0?.utility(at: cost) } }

  /// 95 % of the redraws' gains from one cost to another.
  package func gains(from first: Double, to second: Double) -> ClosedRange<Double> {
    Self.middle(redrawn.compactMap { $0.map { $0.utility(at: second) - $0.utility(at: first) } })
  }

  private static func middle(_ values: [Double]) -> ClosedRange<Double> {
    let sorted = values.sorted()
    return Descriptive.quantile(0.025, ofSorted: sorted)...Descriptive.quantile(0.975, ofSorted: sorted)
  }
}
