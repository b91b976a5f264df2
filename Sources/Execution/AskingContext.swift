import Core

extension TaskContext {
  /// A context for work that somebody follows by two functions, which live no longer than this call and are called on its
  /// thread.
  static func relaying<Result>(
    report: (Double) -> Void = { _ in }, shouldContinue: () -> Bool, _ work: (TaskContext) throws -> Result
  ) rethrows -> Result {
    try withoutActuallyEscaping(report) { report in
      try withoutActuallyEscaping(shouldContinue) { shouldContinue in
        nonisolated(unsafe) let (report, shouldContinue) = (report, shouldContinue)
        return try work(TaskContext(report: { report($0) }, isWanted: { shouldContinue() }))
      }
    }
  }

  /// Whether somebody still wants the result.
  var isWanted: Bool { (try? proceed(0)) != nil }
}
