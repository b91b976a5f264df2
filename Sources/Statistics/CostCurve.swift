import Core

/// Utility as a function of cost: straight lines between measured points on a logarithmic cost axis, because a data
/// budget is grown by factors rather than by amounts.
package struct CostCurve: Hashable, Sendable {
  package struct Point: Hashable, Sendable {
    /// Positive.
    package let cost: Double
    package let utility: Double

    package init(cost: Double, utility: Double) {
      self.cost = cost
      self.utility = utility
    }
  }

  /// By cost; points of equal cost are one, at their mean utility.
  package let points: [Point]
  private let logCosts: [Double]

  /// At least one point, all of positive cost.
  package init(_ points: [Point]) {
    precondition(!points.isEmpty && points.allSatisfy { $0.cost > 0 }, "a curve needs points of positive cost")
    var merged: [(point: Point, count: Double)] = []
    for point in points.sorted(by: { ($0.cost, $0.utility) < ($1.cost, $1.utility) }) {
      guard let last = merged.last, last.point.cost == point.cost else {
        merged.append((point, 1))
        continue
      }
      let mean = last.point.utility + (point.utility - last.point.utility) / (last.count + 1)
      merged[merged.count - 1] = (Point(cost: point.cost, utility: mean), last.count + 1)
    }
    self.points = merged.map(\.point)
    logCosts = self.points.map { PortableMath.log($0.cost) }
  }

  /// The costs it was measured at.
  package var range: ClosedRange<Double> { points[0].cost...points[points.count - 1].cost }

  /// The utility at a cost. Beyond the measured costs the nearest line goes on; a single point is a level line.
  package func utility(at cost: Double) -> Double { utility(atLog: PortableMath.log(cost)) }

  private func utility(atLog position: Double) -> Double {
    guard points.count > 1 else { return points[0].utility }
    let next = logCosts.firstIndex { $0 >= position } ?? points.count - 1
    let upper = max(1, next)
    let share = (position - logCosts[upper - 1]) / (logCosts[upper] - logCosts[upper - 1])
    return points[upper - 1].utility + share * (points[upper].utility - points[upper - 1].utility)
  }

  /// The area under the curve over the logarithm of the cost, divided by the width: the mean utility over the costs of
  /// `range`, each doubling of the cost weighing the same. A range of one cost gives the utility there.
  package func meanUtility(over range: ClosedRange<Double>) -> Double {
    let (low, high) = (PortableMath.log(range.lowerBound), PortableMath.log(range.upperBound))
    guard high > low else { return utility(atLog: low) }
    let corners = [low] + logCosts.filter { $0 > low && $0 < high } + [high]
    var area = 0.0
    for (left, right) in zip(corners, corners.dropFirst()) {
      area += (right - left) * (utility(atLog: left) + utility(atLog: right)) / 2
    }
    return area / (high - low)
  }

  /// The least measured cost from which on the curve has been at `target` or better for the first time; nil when it never is.
  /// Nothing is extrapolated.
  package func costToReach(_ target: Double, isHigherBetter: Bool = true) -> Double? {
    let sign = isHigherBetter ? 1.0 : -1
    let gaps = points.map { sign * ($0.utility - target) }
    guard let reached = gaps.firstIndex(where: { $0 >= 0 }) else { return nil }
    guard reached > 0 else { return points[0].cost }
    let share = -gaps[reached - 1] / (gaps[reached] - gaps[reached - 1])
    return PortableMath.exp(logCosts[reached - 1] + share * (logCosts[reached] - logCosts[reached - 1]))
  }

  /// Where this curve passes from below `other` to above it, or back, within the costs that both were measured at; in
  /// order of cost. Curves that only touch do not cross.
  package func crossings(with other: CostCurve) -> [(cost: Double, isRising: Bool)] {
    let low = max(logCosts[0], other.logCosts[0])
    let high = min(logCosts[logCosts.count - 1], other.logCosts[other.logCosts.count - 1])
    guard high > low else { return [] }
    let corners = Set([low, high] + (logCosts + other.logCosts).filter { $0 > low && $0 < high }).sorted()
    let gaps = corners.map { utility(atLog: $0) - other.utility(atLog: $0) }
    var found: [(cost: Double, isRising: Bool)] = []
    var last: Int?
    for index in corners.indices where gaps[index] != 0 {
      defer { last = index }
      guard let before = last, (gaps[before] < 0) != (gaps[index] < 0) else { continue }
      // Over a stretch where both are equal this is somewhere in the stretch.
      let share = -gaps[before] / (gaps[index] - gaps[before])
      found.append(
        (PortableMath.exp(corners[before] + share * (corners[index] - corners[before])), gaps[index] > 0))
    }
    return found
  }
}
