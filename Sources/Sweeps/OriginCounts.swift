/// How many samples of a subset say what of themselves, where a pool's samples are of several origins.
package struct OriginCounts: Hashable, Sendable {
  /// Samples by licence, nil for those that state none; the whole is nil where one licence is that of all.
  package private(set) var licences: [String?: Int]?
  /// Samples that are synthetic or not, nil for those that do not say; the whole is nil where one word is said of all.
  package private(set) var synthetic: [Bool?: Int]?

  package init(licences: [String?: Int]? = nil, synthetic: [Bool?: Int]? = nil) {
    (self.licences, self.synthetic) = (licences, synthetic)
  }

  package mutating func add(_ other: OriginCounts) {
    if let own = other.licences { licences = (licences ?? [:]).merging(own, uniquingKeysWith: +) }
    if let own = other.synthetic { synthetic = (synthetic ?? [:]).merging(own, uniquingKeysWith: +) }
  }

  /// Licences with the share of the samples that each has, the most frequent first, those without one last; nil where one is
  /// that of all.
  package var licenceShares: [(licence: String?, share: Double)]? {
    guard let licences, case let total = licences.values.reduce(0, +), total > 0 else { return nil }
    let order = licences.sorted { left, right in
      guard (left.key == nil) == (right.key == nil) else { return right.key == nil }
      return (right.value, left.key ?? "") < (left.value, right.key ?? "")
    }
    return order.map { ($0.key, Double($0.value) / Double(total)) }
  }

  /// The share that is synthetic for certain, up to the share that may be; nil where one word is said of all.
  package var syntheticShare: ClosedRange<Double>? {
    guard let synthetic, case let total = synthetic.values.reduce(0, +), total > 0 else { return nil }
    let (yes, unknown) = (synthetic[true, default: 0], synthetic[nil, default: 0])
    return Double(yes) / Double(total)...Double(yes + unknown) / Double(total)
  }
}
