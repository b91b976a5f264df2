/// What must be reached, for the least money: `deployment ≥ 85 %, cheapest`.
package struct Goal: Hashable, Sendable {
  /// The metric's name.
  package let metric: String
  /// The least value that will do, in the metric's own unit (a share from 0 to 1); the largest where low values are good.
  package let target: Double

  package init(metric: String, target: Double) {
    self.metric = metric
    self.target = target
  }
}
