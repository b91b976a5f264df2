/// How busy a host is, as its agent sees it. For people: nothing is decided by it.
package struct HostUse: Hashable, Sendable {
  /// Processes that want to run, over the last minute.
  package let load: Double
  /// Bytes that are taken of ``memory``.
  package let memoryUsed: Int
  /// Bytes that there are for the agent and its slots: of the machine, or of the control group that it is in.
  package let memory: Int

  package init(load: Double, memoryUsed: Int, memory: Int) {
    self.load = load
    self.memoryUsed = memoryUsed
    self.memory = memory
  }
}

extension HostUse {
  init(_ body: Winnow_HostUseBody) throws(FrameProblem) {
    self.init(
      load: try Checked.number(body.load, "load"), memoryUsed: try Checked.natural(body.memoryUsed, "memory used"),
      memory: try Checked.natural(body.memory, "memory"))
  }

  var body: Winnow_HostUseBody {
    .with {
      $0.load = load
      $0.memoryUsed = UInt64(memoryUsed)
      $0.memory = UInt64(memory)
    }
  }
}
