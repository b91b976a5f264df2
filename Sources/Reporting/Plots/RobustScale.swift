/// Scales that one extreme value cannot flatten.
enum RobustScale {
  /// The largest size that a scale need show: of all `values`, leaving out those more than four times the median size.
  static func largest(_ values: [Double]) -> Double {
    let sizes = values.filter(\.isFinite).map { abs($0) }.sorted()
    guard !sizes.isEmpty else { return 0 }
    let usual = sizes[sizes.count / 2] * 4
    return usual > 0 ? sizes.last { $0 <= usual } ?? usual : sizes[sizes.count - 1]
  }

  /// The range that holds `values` but for those further than three times the middle half's width from it.
  static func range(_ values: [Double]) -> ClosedRange<Double> {
    let sorted = values.filter(\.isFinite).sorted()
    guard let least = sorted.first, let most = sorted.last else { return 0...1 }
    let (low, high) = (sorted[sorted.count / 4], sorted[sorted.count * 3 / 4])
    let reach = (high - low) * 3
    guard reach > 0 else { return least...most }
    return (sorted.first { $0 >= low - reach } ?? least)...(sorted.last { $0 <= high + reach } ?? most)
  }
}
