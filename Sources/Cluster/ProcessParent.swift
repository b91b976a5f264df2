import Foundation
import Transport

/// How our programs tell the ones they start whom to follow into death.
package enum ProcessParent {
  /// The environment variable that holds the parent's process id.
  static let variable = "WINNOW_PARENT"

  /// Ties this process to the parent that asked for it; to be called first in every program.
  ///
  /// Ends the process when that parent is gone already. Does nothing in programs that nobody of ours started.
  package static func follow() {
    guard let parent = ProcessInfo.processInfo.environment[variable].flatMap({ Int32($0) }) else { return }
    if !ParentDeath.follow(parent: parent) { exit(1) }
    // What we start follows us, not our parent.
    unsetenv(variable)
  }
}
