/// A share in (0, 1], kept in whole millionths so that shares of whole numbers round the same way everywhere.
package struct Share: Hashable, Sendable {
  package let millionths: Int

  package static let all = Share(1)

  /// The nearest millionth of `value`, at least one.
  package init(_ value: Double) { millionths = min(max(Int((value * 1e6).rounded()), 1), 1_000_000) }

  package var value: Double { Double(millionths) / 1e6 }

  /// The share of `count`, rounded down.
  package func floor(of count: Int) -> Int { count * millionths / 1_000_000 }

  /// The smallest number whose share is at least `part`.
  package func whole(for part: Int) -> Int { (part * 1_000_000 + millionths - 1) / millionths }
}
