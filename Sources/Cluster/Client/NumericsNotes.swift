import Numerics

/// What a person should know about the numerics of this machine before a sweep runs here.
package enum NumericsNotes {
  /// Sentences; empty when all is well.
  package static func warnings(sweepCore: String?) -> [String] {
    // Workers set the sweep's kernel themselves, so an inherited pin matters only where the sweep has none.
    sweepCore == nil ? NumericsEnvironment.current.warnings() : []
  }
}
