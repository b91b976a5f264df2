import Files
import Glibc

/// How programs end when they cannot start.
package enum ProgramFailure {
  /// The exit status for a wrong command line or configuration, so that services are not restarted for ever over it.
  static let usage: Int32 = 64

  /// Runs `body`; what it throws is said in one line, and the program ends with the status for a wrong configuration.
  package static func wrongConfiguration<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch {
      StandardError.write("Error: \(error)\n")
      exit(usage)
    }
  }
}
