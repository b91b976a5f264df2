import Statistics

/// SELECT's correlations over classes: what goes with what when one looks at single classes. A correlation with a constant
/// is not defined and has no entry.
package enum ClassCorrelations {
  /// Metrics by name: Pearson's correlation under `correlation.NAME`, Spearman's under `correlation.NAME.spearman`.
  ///
  /// All arrays hold one value a class.
  package static func metrics(
    accuracy: [Double], precision: [Double], count: [Double], confusionSkewness: [Double]
  ) -> [String: Double] {
    let pairs = [
      ("precision-count", precision, count),
      ("accuracy-confusion-skewness", accuracy, confusionSkewness),
      ("precision-recall", precision, accuracy),
    ]
    var metrics: [String: Double] = [:]
    for (name, x, y) in pairs {
      metrics["correlation.\(name)"] = Correlation.pearson(x, y)
      metrics["correlation.\(name).spearman"] = Correlation.spearman(x, y)
    }
    return metrics
  }
}
