package import Core

/// How many tasks finish per second, over the last minute.
package struct RateMeter {
  private static let windowSeconds = 60

  private let start: Instant
  /// One count per second since `start`, the oldest ones forgotten.
  private var counts: [(second: Int, count: Int)] = []

  package init(at start: Instant) { self.start = start }

  package mutating func add(_ count: Int, at now: Instant) {
    let second = Int(now.seconds(since: start))
    if counts.last?.second == second {
      counts[counts.count - 1].count += count
    } else {
      counts.append((second, count))
      counts.removeAll { $0.second <= second - Self.windowSeconds }
    }
  }

  /// Per second; nil while nothing has finished in the last minute.
  package func rate(at now: Instant) -> Double? {
    let second = Int(now.seconds(since: start))
    let recent = counts.filter { $0.second > second - Self.windowSeconds }
    guard let first = recent.first else { return nil }
    let span = max(1, now.seconds(since: start) - Double(first.second))
    return Double(recent.reduce(0) { $0 + $1.count }) / span
  }
}
