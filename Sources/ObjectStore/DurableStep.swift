/// A point where a crash, or a refusal by the disk, leaves a different state behind. Tests stop the world there.
package enum DurableStep: Hashable, Sendable {
  /// Bytes are about to be written to a staged file.
  case write(String)
  /// A staged file is about to be synchronised.
  case synchronizeFile(String)
  /// A staged file is about to get its final name.
  case rename(String)
  /// A directory is about to be synchronised.
  case synchronizeDirectory(String)
  /// A file whose content is kept elsewhere by now is about to be removed.
  case remove(String)
  /// A transaction is about to be committed.
  case commit
  /// A transaction was committed, and nobody knows yet.
  case committed
}

/// Is told every durable step before it happens; throwing makes the step fail.
package typealias StepObserver = @Sendable (DurableStep) throws -> Void
