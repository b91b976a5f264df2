/// A linear axis: data to plot coordinates, with ticks at round values.
struct Axis {
  let low: Double
  let high: Double
  let ticks: [Double]
  /// Decimals that tell neighbouring ticks apart.
  let decimals: Int
  private let start: Double
  private let end: Double

  /// Covers `values` with a margin; `start` and `end` are the plot coordinates of its ends. At least `leastSpan` wide.
  init(_ values: [Double], from start: Double, to end: Double, leastSpan: Double, wantedTicks: Int = 6) {
    self.start = start
    self.end = end
    let (least, most) = (values.min() ?? 0, values.max() ?? 1)
    let center = (least + most) / 2
    let span = max((most - least) * 1.12, leastSpan)
    (low, high) = (center - span / 2, center + span / 2)
    let (step, decimals) = Self.step(span / Double(wantedTicks))
    self.decimals = decimals
    let first = (low / step).rounded(.up)
    let last = (high / step).rounded(.down)
    ticks = first <= last ? stride(from: first, through: last, by: 1).map { $0 * step } : []
  }

  func position(_ value: Double) -> Double { start + (value - low) / (high - low) * (end - start) }

  /// The smallest of 1, 2, 5 × 10ⁿ that is at least `rough`, and the decimals it needs.
  private static func step(_ rough: Double) -> (step: Double, decimals: Int) {
    guard rough > 0, rough.isFinite else { return (1, 0) }
    var (power, decimals) = (1.0, 0)
    while power > rough, decimals < 9 { (power, decimals) = (power / 10, decimals + 1) }
    while power * 10 <= rough { power *= 10 }
    for factor in [1.0, 2, 5] where factor * power >= rough { return (factor * power, decimals) }
    return (10 * power, max(0, decimals - 1))
  }
}
