/// Under which licence a pool's samples are, and whether they were generated, as whoever describes the data set says.
package struct Provenance: Hashable, Sendable {
  package enum Synthetic: String, CaseIterable, Sendable, Hashable {
    case no = "false"
    case yes = "true"
    /// Some are; which is not said here.
    case some
  }

  /// An SPDX expression; nil when nobody knows.
  package let licence: String?
  package let synthetic: Synthetic

  package init(licence: String?, synthetic: Synthetic) {
    self.licence = licence
    self.synthetic = synthetic
  }

  /// Whether it may be used by someone who accepts the licences of `list`; an unknown licence never.
  package func isAllowed(by list: [String]) -> Bool {
    licence.map { LicenceExpression($0).isAllowed(by: list) } ?? false
  }
}
