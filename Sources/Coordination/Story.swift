package import Core

/// One thing that happened to a task.
package struct StoryEntry: Hashable, Sendable, CustomStringConvertible {
  package let instant: Instant
  package let task: TaskID
  package let text: String
  package let worker: WorkerID?
  package let epoch: Epoch?

  package var description: String {
    "\(instant): \(task.short) \(text)" + (worker.map { " by \($0.short)" } ?? "")
      + (epoch.map { " in epoch \($0.value >> 32).\($0.value & 0xFFFF_FFFF)" } ?? "")
  }
}

/// The last things that happened to any task, in a bounded memory.
struct Story: Equatable, Sendable {
  static let capacity = 16_384
  private var entries: [StoryEntry] = []
  private var next = 0

  mutating func add(_ entry: StoryEntry) {
    if entries.count < Self.capacity { entries.append(entry) } else { entries[next] = entry }
    next = (next + 1) % Self.capacity
  }

  /// Oldest first.
  func entries(of task: TaskID) -> [StoryEntry] {
    (entries.count < Self.capacity ? entries : Array(entries[next...] + entries[..<next])).filter { $0.task == task }
  }
}
