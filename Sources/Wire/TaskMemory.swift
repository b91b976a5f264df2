/// How much memory the tasks of a sweep are expected to take, in bytes, as who submits it has found out; nil where nobody knows.
package struct TaskMemory: Hashable, Sendable {
  /// Of a task that makes a part of a data set.
  package var part: Int?
  /// Of any other.
  package var other: Int?

  package init(part: Int? = nil, other: Int? = nil) {
    self.part = part
    self.other = other
  }
}

extension TaskMemory {
  init(_ body: Winnow_SubmitBody) throws(FrameProblem) {
    self.init(
      part: try Checked.memory(body.partMemory, "memory"), other: try Checked.memory(body.taskMemory, "memory"))
  }
}

extension Checked {
  /// Bytes of memory; nil for 0, which says nothing.
  static func memory(_ bytes: UInt64, _ field: String) throws(FrameProblem) -> Int? {
    bytes == 0 ? nil : try natural(bytes, field)
  }
}
