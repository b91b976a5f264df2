package import Core
import Execution
package import Planning
package import Sweeps

/// Computes tasks of kind `nothing` and refuses all others; for measuring and testing the cluster itself. See
/// ``NothingSweep`` for what such a task can be told.
package struct NothingExecutor: TaskExecuting {
  package init() {}

  package func execute(
    _ specification: TaskSpecification, inputs: any InputReading, context: TaskContext
  ) throws -> TaskProduct {
    guard specification.kind == .nothing else {
      throw TaskFailure("this program computes no tasks of kind \(specification.kind.name)")
    }
    return try NothingTask(specification: specification, inputs: inputs).run(context)
  }
}
