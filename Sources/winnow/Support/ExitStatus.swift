import ArgumentParser

/// Exit statuses beyond 0 (done), 1 (a failure with its sentence) and 64 (a wrong command line).
enum ExitStatus {
  /// Finished, but something is missing or in conflict: the output says what.
  static let incomplete = ExitCode(2)
  /// A store did not verify.
  static let damagedStore = ExitCode(3)
  /// Results contradict others, or do not come out again.
  static let incidents = ExitCode(4)
  /// Stopped by the person; running again resumes.
  static let interrupted = ExitCode(130)
}
