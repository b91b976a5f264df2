/// How long the last tasks of one class took.
struct DurationClass: Equatable, Sendable {
  static let capacity = 31
  let name: String
  /// What the plan expects.
  let expected: Double
  private var seconds: [Double] = []
  private var next = 0
  /// Seconds; nil before the first measurement.
  private(set) var median: Double?
  /// Measurements so far.
  private(set) var count = 0

  init(name: String, expected: Double) { (self.name, self.expected) = (name, expected) }

  /// Seconds that a task is likely to take.
  var likely: Double { median ?? expected }

  mutating func add(_ duration: Double) {
    if seconds.count < Self.capacity { seconds.append(duration) } else { seconds[next] = duration }
    next = (next + 1) % Self.capacity
    count += 1
    median = seconds.sorted()[seconds.count / 2]
  }
}
