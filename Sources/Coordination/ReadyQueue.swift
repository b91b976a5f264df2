/// A ready task in its queue. What should be granted first is smallest.
struct ReadyEntry: Comparable, Sendable {
  /// Tasks that killed their process go last.
  let deaths: Int
  /// Longest chain of tasks that wait for it: more first.
  let level: Int
  /// Expected seconds until the end of that chain: longest first, so that short tasks fill the end.
  let seconds: Double
  /// Then in the order in which they became ready.
  let order: UInt64
  let task: Int
  let stamp: UInt32

  static func < (left: ReadyEntry, right: ReadyEntry) -> Bool {
    if left.deaths != right.deaths { return left.deaths < right.deaths }
    if left.level != right.level { return left.level > right.level }
    if left.seconds != right.seconds { return left.seconds > right.seconds }
    return left.order < right.order
  }
}

/// The ready tasks that ask the same of a worker.
struct ReadyQueue: Equatable, Sendable {
  /// The kernel; nil for any.
  let core: String?
  /// What the worker must have; sorted.
  let labels: [String]
  /// What a slot of the worker must have; nil for any.
  let memory: MemoryStep?
  /// For each sweep, by its index, the tasks that it wants. Entries whose task has left the ready state since are skipped
  /// when they come up.
  var heaps: [Int: BinaryHeap<ReadyEntry>] = [:]
}
