import Results
import Statistics
import Sweeps

/// SELECT's correlations over classes between a trial and the baseline (Feuer et al., NeurIPS 2024): R:INA,A and R:INAV,AV.
///
/// The baseline of a trial is the `random` trial of the reference pool with the same budget, seed, sizing and training. It
/// is another trial, so that no trial can measure them itself.
enum BaselineCorrelations {
  /// The metrics by name, as among ``MetricCatalogue/derived``; one that is not defined (a constant, a missing series, another
  /// number of classes) has no entry.
  static func metrics(of trial: TrialValues, baseline: TrialValues) -> [String: Double] {
    var metrics: [String: Double] = [:]
    for series in ["accuracy", "count"] {
      guard let own = trial.perClass[series], let other = baseline.perClass[series], own.count == other.count else {
        continue
      }
      metrics["correlation.baseline-\(series)"] = Correlation.pearson(other, own)
      metrics["correlation.baseline-\(series).spearman"] = Correlation.spearman(other, own)
    }
    return metrics
  }
}

extension TransferSummary {
  /// Judges the downstream tasks by all trials of a report.
  init(_ input: ReportInput) {
    self.init(
      trials: input.results.map(\.values.metrics),
      facts: input.poolFacts.values.flatMap(\.transferTasks).sorted { $0.name < $1.name })
  }
}
