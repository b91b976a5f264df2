import Statistics
package import Sweeps

/// A utility that was measured and tells no option from another, so that it would only dilute a mean.
package struct SilentUtility: Hashable, Sendable {
  package enum Reason: String, Hashable, Sendable {
    /// Every trial has the same value.
    case constant
    /// A share that is 0, or 1, in more than half of the trials: what differs is only which trials got off the edge.
    case edge
  }

  package let metric: Metric
  package let reason: Reason
  /// The value that all trials, or most of them, have.
  package let value: Double

  /// nil when it tells options apart, and with fewer than two options that have it.
  init?(_ candidates: VerdictCandidates, _ metric: Metric) {
    let options = candidates.all.compactMap { $0.values(metric) }
    let values = options.flatMap { $0 }
    guard options.count > 1, let first = values.first else { return nil }
    self.metric = metric
    if Set(Ties.merged(values)).count == 1 {
      (reason, value) = (.constant, first)
      return
    }
    guard metric.unit == .fraction,
      let edge = [0.0, 1].first(where: { edge in 2 * values.count { $0 == edge } > values.count })
    else { return nil }
    (reason, value) = (.edge, edge)
  }
}
