import Results
import Statistics
import Sweeps

/// SELECT's correlations over classes between a trial and the baseline (Feuer et al., NeurIPS 2024): R:INA,A and R:INAV,AV.
///
/// The baseline of a trial is the trial of the reference strategy in the reference pool with the same budget, seed, sizing and
/// training. It is another trial, so that no trial can measure them itself.
enum BaselineCorrelation {
  /// nil for one that is not defined: a constant, a missing series, another number of classes.
  static func value(
    _ series: ClassSeries, isOfRanks: Bool, of trial: TrialValues, baseline: TrialValues
  ) -> Double? {
    guard let own = trial.series(series), let other = baseline.series(series), own.count == other.count else {
      return nil
    }
    return isOfRanks ? Correlation.spearman(other, own) : Correlation.pearson(other, own)
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
