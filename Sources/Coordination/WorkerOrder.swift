/// A list of workers, by index, in the order in which they were added; adding and removing cost the same whatever the
/// length.
struct WorkerOrder: Equatable, Sendable {
  private struct Links: Equatable, Sendable {
    var previous: Int?
    var next: Int?
  }

  private var links: [Int: Links] = [:]
  private(set) var first: Int?
  private var last: Int?

  var isEmpty: Bool { first == nil }

  /// The first few.
  func prefix(_ count: Int) -> [Int] {
    var members: [Int] = []
    var next = first
    while let member = next, members.count < count {
      members.append(member)
      next = links[member]?.next
    }
    return members
  }

  /// Adds `worker`, which is not in the list, at the end.
  mutating func append(_ worker: Int) {
    precondition(links[worker] == nil, "worker \(worker) is in the list already")
    links[worker] = Links(previous: last, next: nil)
    if let last { links[last]?.next = worker } else { first = worker }
    last = worker
  }

  /// Removes `worker`, which is in the list.
  mutating func remove(_ worker: Int) {
    guard let link = links.removeValue(forKey: worker) else {
      preconditionFailure("worker \(worker) is not in the list")
    }
    if let previous = link.previous { links[previous]?.next = link.next } else { first = link.next }
    if let next = link.next { links[next]?.previous = link.previous } else { last = link.previous }
  }
}

/// Workers that can compute with the same BLAS kernels, have the same labels and as much memory for a slot, and which of them can take
/// more.
struct WorkerGroup: Equatable, Sendable {
  /// Sorted.
  let cores: [String]
  /// Sorted.
  let labels: [String]
  /// nil where they do not say.
  let memory: MemoryStep?
  /// How many workers belong to it. An empty one makes room for another.
  var members = 0
  var idle = WorkerOrder()
  var ahead = WorkerOrder()
  /// How many may be given work, now or later.
  var usable = 0
  /// Their slots.
  var usableSlots = 0

  func supports(_ queue: ReadyQueue) -> Bool {
    (queue.core.map(cores.contains) ?? true) && queue.labels.allSatisfy(labels.contains) && hasMemory(for: queue)
  }

  /// Who does not say what there is may have enough.
  func hasMemory(for queue: ReadyQueue) -> Bool {
    guard let needed = queue.memory, let memory else { return true }
    return needed <= memory
  }
}
