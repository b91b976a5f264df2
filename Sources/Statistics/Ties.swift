/// A measured value and, where it is a share of a whole number of things, that number.
package struct MeasuredValue: Hashable, Sendable {
  package let value: Double
  /// nil for what is no share, and where nobody kept it.
  package let count: Int?

  package init(_ value: Double, of count: Int? = nil) {
    self.value = value
    self.count = count
  }

  /// How many of ``count`` things the value is; nil when that is no whole number but for rounding.
  var whole: Double? {
    guard let count else { return nil }
    let product = value * Double(count)
    let whole = product.rounded()
    return abs(product - whole) <= 1e-6 && abs(whole) < 0x1p53 ? whole : nil
  }

  /// This minus `other`. Shares of equally many things differ by whole counts: equal differences are then equal to the bit, and
  /// so are those of other counts that are the same fraction. nil for other values.
  func exactDifference(to other: MeasuredValue) -> Double? {
    guard let count, count == other.count, count > 0, let own = whole, let theirs = other.whole else { return nil }
    return (own - theirs) / Double(count)
  }
}

/// Which numbers count as equal. Means and ratios of whole counts differ in their last bits although they are the same
/// fraction; a test of ranks would take that for a difference. What is ranked, counted or compared with zero comes from here,
/// so that `==` is right everywhere else.
package enum Ties {
  /// Numbers that lie no further apart than this part of the largest of them count as equal: 32 times the rounding error of
  /// one operation, far below any difference that a count can make.
  package static let relativeTolerance = 0x1p-48

  /// How far apart numbers of the size of `values` may lie and still count as equal.
  package static func tolerance(of values: [Double]) -> Double {
    relativeTolerance * values.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
  }

  /// The values, those that count as equal made equal (to the smallest of them).
  package static func merged(_ values: [Double]) -> [Double] { merged(values, tolerance: tolerance(of: values)) }

  package static func merged(_ values: [Double], tolerance: Double) -> [Double] {
    var merged = values
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    for (index, previous) in zip(order.dropFirst(), order) where values[index] - values[previous] <= tolerance {
      merged[index] = merged[previous]
    }
    return merged
  }

  /// First minus second of each pair: whole counts where both are shares of equally many things; elsewhere differences that
  /// count as none are 0, and those that count as equal in size are so.
  package static func differences(_ pairs: [(first: MeasuredValue, second: MeasuredValue)]) -> [Double] {
    let exact = pairs.map { $0.first.exactDifference(to: $0.second) }
    guard exact.contains(nil) else { return exact.map { $0! } }
    let differences = zip(exact, pairs).map { $0 ?? $1.first.value - $1.second.value }
    let sizes = merged(
      [0] + differences.map(abs), tolerance: tolerance(of: pairs.flatMap { [$0.first.value, $0.second.value] }))
    return zip(differences, sizes.dropFirst()).map { $1 == 0 ? 0 : ($0 < 0 ? -$1 : $1) }
  }
}
