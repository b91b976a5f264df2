package import Core

/// An amount of the sweep's currency, in whole millionths, so that sums are exact and a budget is never passed by
/// rounding. What passes the largest amount, some 9 × 10¹² of the currency, stays there: it is more than any budget.
package struct Money: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let millionths: Int64

  package init(millionths: Int64) { self.millionths = millionths }

  /// The nearest millionth of `amount`.
  package init(_ amount: Double) { millionths = Int64((amount * 1e6).rounded()) }

  package static let zero = Money(millionths: 0)

  /// The amount as a number of currency units.
  package var amount: Double { Double(millionths) / 1e6 }
  package var json: JSONValue { .number(amount) }
  /// At least two decimals, at most six.
  package var description: String {
    let sign = millionths < 0 ? "-" : ""
    var decimals = String(1_000_000 + abs(millionths) % 1_000_000).dropFirst()
    while decimals.count > 2, decimals.last == "0" { decimals = decimals.dropLast() }
    return "\(sign)\(abs(millionths) / 1_000_000).\(decimals)"
  }

  package static func + (left: Money, right: Money) -> Money {
    Money(left.millionths.addingReportingOverflow(right.millionths), isNegative: right.millionths < 0)
  }
  package static func - (left: Money, right: Money) -> Money {
    Money(left.millionths.subtractingReportingOverflow(right.millionths), isNegative: right.millionths > 0)
  }
  package static func * (price: Money, quantity: Int) -> Money {
    Money(
      price.millionths.multipliedReportingOverflow(by: Int64(quantity)),
      isNegative: (price.millionths < 0) != (quantity < 0))
  }

  /// The largest amount, or the least when `isNegative`, for what 64 bits cannot hold.
  private init(_ found: (partialValue: Int64, overflow: Bool), isNegative: Bool) {
    millionths = found.overflow ? (isNegative ? -.max : .max) : found.partialValue
  }

  /// The part `numerator / denominator` of the amount, which is not negative, rounded down; `numerator` is at most the
  /// `denominator`.
  package func part(_ numerator: Int64, of denominator: Int64) -> Money {
    precondition(
      millionths >= 0 && numerator >= 0 && numerator <= denominator && denominator > 0, "no part of an amount")
    let product = UInt64(millionths).multipliedFullWidth(by: UInt64(numerator))
    return Money(millionths: Int64(UInt64(denominator).dividingFullWidth(product).quotient))
  }

  package static func < (left: Money, right: Money) -> Bool { left.millionths < right.millionths }
}
