package import Core

/// What the tables say of a sweep to those who read its results: a store holds none of it.
package struct SweepWording: Sendable {
  package let metrics: MetricCatalogue
  package let strategies: StrategyCatalogue
  /// The pool that the others are compared with; nil when the data set has none.
  package let reference: String?
  /// The pool of pictures taken where the classifier will work; nil when the data set has none.
  package let field: String?
  /// What each pool holds, by its name.
  package let pools: [String: Words]
  /// Where the samples of each pool are from, by its name.
  package let origins: [String: Provenance]
  /// What the data set's own codes of remarks say.
  package let words: [Remark.Code: Words]

  package init(
    metrics: MetricCatalogue, strategies: StrategyCatalogue, reference: String?, field: String?,
    pools: [String: Words], origins: [String: Provenance], words: [Remark.Code: Words]
  ) {
    self.metrics = metrics
    self.strategies = strategies
    self.reference = reference
    self.field = field
    self.pools = pools
    self.origins = origins
    self.words = words
  }
}
