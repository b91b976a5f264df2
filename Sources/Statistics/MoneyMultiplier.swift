/// What it would cost to get elsewhere what one choice reaches for its money: read off the other choice's curve of utility
/// against cost, the same redraws of the pairing units for both.
package struct MoneyMultiplier: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    /// Between two budgets that the other choice was measured at.
    case measured
    /// The other choice never got there: it costs more than its largest measured cost.
    case lowerBound = "lower bound"
    /// The other choice was there at its smallest measured cost: it costs no more than that.
    case upperBound = "upper bound"
    /// Beyond the other choice's largest cost, along its fitted ``LearningCurve``.
    case extrapolated
  }

  /// What the choice itself costs.
  package let spent: Double
  /// What the other choice costs for the same utility, or the bound.
  package let equivalent: Double
  package let kind: Kind
  /// The equivalent in every replicate: minus infinity below the smallest measured cost, infinity beyond all that is known.
  package let equivalents: [Double]
  /// The 95 % interval of ``equivalent``: minus infinity below the smallest measured cost, infinity beyond all that is known.
  private let first: Double
  private let last: Double

  /// The ends of the 95 % interval; nil for an end that lies beyond what was measured.
  package var low: Double? { first.isFinite ? first : nil }
  package var high: Double? { last.isFinite ? last : nil }

  /// Whether nearly every replicate lies beyond what was measured.
  package var isSurelyBeyond: Bool { first == .infinity }

  /// How many times the money is worth.
  package var factor: Double { equivalent / spent }

  /// Curves are not followed further than this many times the largest measured cost.
  package static let farthest = 4.0

  /// - Parameters:
  ///   - spent: positive, choosing included.
  ///   - utilities: what the choice reaches, one value a unit.
  ///   - other: the other choice at two costs or more.
  ///   - extrapolates: whether the other choice's learning curve is identified, so that it may be followed beyond its costs.
  package init(
    spent: Double, utilities: [Double], other: CostCurveResamples.Subject, extrapolates: Bool,
    isHigherBetter: Bool = true, resamples: PairedResamples
  ) {
    precondition(spent > 0 && other.costs.count > 1, "a multiplier needs money and a curve")
    let sign = isHigherBetter ? 1.0 : -1
    let found = Reach(
      target: sign * Descriptive.mean(utilities), costs: other.costs,
      utilities: other.values.map { sign * Descriptive.mean($0) }, extrapolates: extrapolates)
    self.spent = spent
    (equivalent, kind) = (found.cost, found.kind)
    let targets = resamples.replicates(of: utilities)
    let means = other.values.map { resamples.replicates(of: $0) }
    equivalents = targets.indices.map { replicate in
      Reach(
        target: sign * targets[replicate], costs: other.costs, utilities: means.map { sign * $0[replicate] },
        extrapolates: extrapolates
      ).ordinal
    }
    (first, last) = PairedResamples.ends(of: equivalents)
  }
}

/// Where one curve reaches a target.
private struct Reach {
  let cost: Double
  let kind: MoneyMultiplier.Kind

  /// The cost, or an infinity beyond what was measured.
  var ordinal: Double {
    switch kind {
    case .measured, .extrapolated: cost
    case .lowerBound: .infinity
    case .upperBound: -.infinity
    }
  }

  init(target: Double, costs: [Double], utilities: [Double], extrapolates: Bool) {
    let points = zip(costs, utilities).map { CostCurve.Point(cost: $0, utility: $1) }
    let curve = CostCurve(points)
    let (least, most) = (curve.range.lowerBound, curve.range.upperBound)
    if let reached = curve.costToReach(target) {
      (cost, kind) =
        reached > least ? (reached, .measured) : (least, curve.points[0].utility > target ? .upperBound : .measured)
    } else if extrapolates, let beyond = LearningCurve(points)?.cost(of: target), beyond > most,
      beyond <= MoneyMultiplier.farthest * most
    {
      (cost, kind) = (beyond, .extrapolated)
    } else {
      (cost, kind) = (most, .lowerBound)
    }
  }
}
