package import Datasets
package import Learning

/// What one trial's network and subset are worth: the numbers of a trial but for its money.
package struct TrialEvaluation: Hashable, Sendable {
  /// Scalars by metric name (`accuracy`, `robustness.fog.3`, `data.gini` …); fractions, not percent. A metric that is not
  /// defined for this subset (a correlation with a constant, top-5 of four classes) has no entry.
  package var metrics: [String: Double] = [:]
  /// One value a class: `accuracy` (which is also the recall) and `precision` on the base test set (0 for a class that is
  /// never predicted), and `count`, the chosen images that carry the class as their label.
  package var perClass: [String: [Double]] = [:]
  /// Counts on the base test set: rows are true classes, columns predicted ones.
  package var confusion: [[Int]] = []

  package init() {}
}

/// Measures trials. Equal inputs give equal bits under one BLAS kernel.
package enum Evaluator {
  /// Measures a trained network and the subset that it was trained on.
  ///
  /// - Parameters:
  ///   - network: the classifier after its last step.
  ///   - pool: the pool that was chosen from.
  ///   - subset: rows of `pool`, in the order of choice; at least one.
  ///   - labels: the labels that the network was trained with, one for each of `subset`, 0..<classes.
  ///   - expert: the pool that distances between distributions refer to.
  ///   - seed: of the trial; it draws the sub-samples of the distances between distributions.
  ///   - shouldContinue: asked between parts; a false answer throws `CancellationError`.
  package static func evaluate(
    network: Network, pool: Pool, subset: [Int], labels: [Int32], expert: Pool, sets: EvaluationSets, seed: UInt64,
    shouldContinue: () -> Bool = { true }
  ) throws -> TrialEvaluation {
    fatalError("not built yet")
  }
}
