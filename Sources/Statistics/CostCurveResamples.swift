/// Cost curves of several subjects with what redrawing the pairing units says of them.
package struct CostCurveResamples: Sendable {
  /// What one subject reached at each budget.
  package struct Subject: Hashable, Sendable {
    /// The mean cost at each budget.
    package let costs: [Double]
    /// One row a budget, one value a unit, units in the order of the resamples.
    package let values: [[Double]]

    package init(costs: [Double], values: [[Double]]) {
      precondition(costs.count == values.count && !costs.isEmpty, "one cost and one row of values a budget")
      self.costs = costs
      self.values = values
    }
  }

  /// A number with its 95 % percentile interval; nil for the parts that some resamples do not have.
  package struct Estimate: Hashable, Sendable {
    /// nil when the means themselves do not have it.
    package let value: Double?
    /// Over the resamples that have it; nil when fewer than half of them do.
    package let interval: ClosedRange<Double>?
    /// The share of the resamples that have it.
    package let share: Double
  }

  /// Where the curves of two subjects cross.
  package struct Crossing: Hashable, Sendable {
    package let cost: Double
    /// Over the resamples in which the curves cross in the same direction; nil when fewer than half do.
    package let interval: ClosedRange<Double>?
    /// The share of the resamples in which they cross in the same direction.
    package let share: Double
    /// Whether the first subject is the better one beyond this cost.
    package let firstLeadsBeyond: Bool
  }

  /// The curves of the means, one a subject.
  package let curves: [CostCurve]
  /// The costs at which every subject was measured; nil when there are none.
  package let commonRange: ClosedRange<Double>?
  private let isHigherBetter: Bool
  /// By subject, then replicate.
  private let resampled: [[CostCurve]]

  package init(_ subjects: [Subject], isHigherBetter: Bool = true, resamples: PairedResamples) {
    self.isHigherBetter = isHigherBetter
    curves = subjects.map { Self.curve($0.costs, $0.values.map { Descriptive.mean($0) }) }
    resampled = subjects.map { subject in
      let means = subject.values.map { resamples.replicates(of: $0) }
      return (0..<resamples.replicates).map { replicate in Self.curve(subject.costs, means.map { $0[replicate] }) }
    }
    let low = curves.map(\.range.lowerBound).max() ?? 0
    let high = curves.map(\.range.upperBound).min() ?? 0
    commonRange = low < high ? low...high : nil
  }

  /// The mean utility over ``commonRange``; nil without one.
  package func meanUtility(_ subject: Int) -> Estimate? {
    commonRange.map { range in
      estimate(curves[subject].meanUtility(over: range), resampled[subject].map { $0.meanUtility(over: range) })
    }
  }

  /// The difference of two subjects' mean utility over ``commonRange``, first minus second; nil without one.
  package func difference(_ first: Int, _ second: Int) -> Estimate? {
    commonRange.map { range in
      let replicates = zip(resampled[first], resampled[second]).map {
        $0.meanUtility(over: range) - $1.meanUtility(over: range)
      }
      return estimate(
        curves[first].meanUtility(over: range) - curves[second].meanUtility(over: range), replicates)
    }
  }

  /// The cost at which a subject reaches `target`. A resample that never reaches it costs more than all that do: where those are
  /// many, the interval has no end above, which is infinity.
  package func costToReach(_ target: Double, _ subject: Int) -> Estimate {
    let value = curves[subject].costToReach(target, isHigherBetter: isHigherBetter)
    let replicates = resampled[subject].map { $0.costToReach(target, isHigherBetter: isHigherBetter) }
    let missing = replicates.count { $0 == nil }
    guard missing > 0 else { return estimate(value, replicates) }
    let (low, high) = PairedResamples.ends(of: replicates.map { $0 ?? .infinity })
    return Estimate(
      value: value, interval: low.isFinite ? low...high : nil,
      share: Double(replicates.count - missing) / Double(replicates.count))
  }

  /// Where two subjects change places, in order of cost. For each crossing a resample counts with the nearest crossing
  /// that it has in the same direction.
  package func crossings(_ first: Int, _ second: Int) -> [Crossing] {
    let all = zip(resampled[first], resampled[second]).map { $0.crossings(with: $1) }
    return curves[first].crossings(with: curves[second]).map { crossing in
      let nearest = all.map { found in
        found.filter { $0.isRising == crossing.isRising }.map(\.cost)
          .min { Self.distance($0, crossing.cost) < Self.distance($1, crossing.cost) }
      }
      let estimate = estimate(crossing.cost, nearest)
      return Crossing(
        cost: crossing.cost, interval: estimate.interval, share: estimate.share,
        firstLeadsBeyond: crossing.isRising == isHigherBetter)
    }
  }

  /// How many times dearer the dearer of two costs is.
  private static func distance(_ a: Double, _ b: Double) -> Double { max(a, b) / min(a, b) }

  private static func curve(_ costs: [Double], _ means: [Double]) -> CostCurve {
    CostCurve(zip(costs, means).map { CostCurve.Point(cost: $0, utility: $1) })
  }

  private func estimate(_ value: Double?, _ replicates: [Double?]) -> Estimate {
    let present = replicates.compactMap { $0 }.sorted()
    let share = Double(present.count) / Double(replicates.count)
    let interval =
      share < 0.5
      ? nil : Descriptive.quantile(0.025, ofSorted: present)...Descriptive.quantile(0.975, ofSorted: present)
    return Estimate(value: value, interval: interval, share: share)
  }
}
