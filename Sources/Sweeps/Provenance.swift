/// Under which licence a pool's samples are, and whether they were generated, as whoever describes the data set says.
package struct Provenance: Hashable, Sendable {
  package enum Synthetic: String, CaseIterable, Sendable, Hashable {
    case no = "false"
    case yes = "true"
    /// Some are; which is not said.
    case some
    /// Each sample says it of itself.
    case bySample = "by-sample"
  }

  /// An SPDX expression; nil when nobody knows, or each sample has one of its own.
  package let licence: String?
  package let synthetic: Synthetic
  /// Whether each sample says under which licence it is.
  package let hasSampleLicences: Bool

  package init(licence: String?, synthetic: Synthetic, hasSampleLicences: Bool = false) {
    self.licence = licence
    self.synthetic = synthetic
    self.hasSampleLicences = hasSampleLicences
  }

  /// Whether it may be used by someone who accepts the licences of `list`; an unknown licence never. Where samples have licences
  /// of their own, those that are not allowed are left out of the pool.
  package func isAllowed(by list: [String]) -> Bool {
    hasSampleLicences || licence.map { LicenceExpression($0).isAllowed(by: list) } ?? false
  }
}
