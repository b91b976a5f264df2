package import Core

extension TaskContext {
  /// Lends a context to callers that have only a function to ask whether to go on.
  package static func asking<Result>(
    _ shouldContinue: () -> Bool, _ body: (TaskContext) throws -> Result
  ) rethrows -> Result {
    try withoutActuallyEscaping(shouldContinue) { escaping in
      // The context lives no longer than this call and is asked on its thread.
      nonisolated(unsafe) let ask = escaping
      return try body(TaskContext(report: { _ in }, isWanted: { ask() }))
    }
  }
}
