/// A point on some monotonic clock, in nanoseconds since an arbitrary zero. Only differences mean anything.
package struct Instant: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }
  package init(seconds: Double) { nanoseconds = Int64((seconds * 1e9).rounded()) }

  package static let zero = Instant(nanoseconds: 0)

  /// This instant moved by `seconds` (which may be negative).
  package func advanced(bySeconds seconds: Double) -> Instant {
    Instant(nanoseconds: nanoseconds + Int64((seconds * 1e9).rounded()))
  }

  /// How many seconds after `earlier` this is; negative when it is before.
  package func seconds(since earlier: Instant) -> Double { Double(nanoseconds - earlier.nanoseconds) / 1e9 }

  package var description: String { "\(Double(nanoseconds) / 1e9) s" }
  package static func < (left: Instant, right: Instant) -> Bool { left.nanoseconds < right.nanoseconds }
}
