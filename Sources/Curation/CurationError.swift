/// A selection that cannot be made: which one, why, and what to change, in plain sentences.
package struct CurationError: Error, Equatable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
