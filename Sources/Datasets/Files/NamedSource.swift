/// What a manifest names beside its pools, each by a key of its own: what classifiers are measured on, and what strategies may
/// look at.
package enum NamedSource: String, CaseIterable, Sendable {
  case test, deployment, target

  /// The sets whose samples must not be bought.
  package static let measured = [test, deployment]

  /// The role of the part that the set's samples are in: those of the deployment are one part.
  var part: PartRole { self == .test ? .evaluation : .deployment }
}
