/// How many workers a machine can have at once, and what limits them.
package struct HostCapacity: Hashable, Sendable {
  package enum Limit: String, Sendable, Hashable {
    case cores, memory, descriptors
  }

  package let workers: Int
  /// What would have to grow for one more.
  package let limit: Limit

  /// Open files of a program that runs sweeps, and of each worker.
  package static let programDescriptors = 48
  package static let workerDescriptors = 4

  /// - Parameters:
  ///   - cores: that this process may use; at least 1.
  ///   - memory: bytes that can be had; nil where nobody knows.
  ///   - workerMemory: bytes of one worker.
  ///   - descriptors: open files that are allowed.
  package init(cores: Int, memory: Int?, workerMemory: Int, descriptors: Int) {
    let byMemory = memory.map { max(0, $0) / max(1, workerMemory) }
    let byDescriptors = max(0, descriptors - Self.programDescriptors) / Self.workerDescriptors
    var (workers, limit) = (cores, Limit.cores)
    if let byMemory, byMemory < workers { (workers, limit) = (byMemory, .memory) }
    if byDescriptors < workers { (workers, limit) = (byDescriptors, .descriptors) }
    (self.workers, self.limit) = (workers, limit)
  }

  /// What a worker of the built-in sweep has in memory at its peak, rounded up: 304 MB were measured on 2026-11-28.
  package static let builtInWorkerMemory = 400_000_000
}
