import Statistics

/// How evenly labels are spread over the classes.
package struct ClassBalance: Hashable, Sendable {
  /// Images of each class.
  package let counts: [Int]

  package init(counts: [Int]) { self.counts = counts }

  /// Counts labels in 0..<classes.
  package init(labels: [Int32], classes: Int) {
    var counts = [Int](repeating: 0, count: classes)
    for label in labels { counts[Int(label)] += 1 }
    self.counts = counts
  }

  /// Classes with at least one image.
  package var coverage: Int { counts.count { $0 > 0 } }

  /// Classes with fewer than `limit` images: SELECT's LT@k, long-tailedness.
  package func classes(below limit: Int) -> Int { counts.count { $0 < limit } }

  /// The share of all images that the most frequent `percent` % of the classes hold, at least one class: SELECT's
  /// LS@5pct, left-skewedness. 0 without images.
  package func share(ofMostFrequentPercent percent: Int) -> Double {
    let total = counts.reduce(0, +)
    guard total > 0 else { return 0 }
    let leading = counts.sorted(by: >).prefix(max(1, counts.count * percent / 100))
    return Double(leading.reduce(0, +)) / Double(total)
  }

  /// The Gini coefficient of the counts; nil without images.
  package var gini: Double? { Descriptive.gini(counts.map(Double.init)) }

  /// exp(entropy) of the classes' shares; nil without images.
  package var exponentialEntropy: Double? { Descriptive.exponentialEntropy(counts.map(Double.init)) }

  /// The largest count over the smallest of the classes that are present; nil without images.
  package var imbalance: Double? {
    let present = counts.filter { $0 > 0 }
    return present.max().map { Double($0) / Double(present.min()!) }
  }

  /// The metrics by name.
  package var metrics: [String: Double] {
    var metrics = [
      "data.coverage": Double(coverage), "data.lt500": Double(classes(below: 500)),
      "data.ls5pct": share(ofMostFrequentPercent: 5),
    ]
    metrics["data.gini"] = gini
    metrics["data.exp-entropy"] = exponentialEntropy
    metrics["data.imbalance"] = imbalance
    return metrics
  }
}
