import Core
package import Numerics

/// How far a chosen subset lies from the unlabelled sample of the deployment distribution: why a strategy that knows the
/// target wins or loses on the deployment set.
package enum TargetDistance {
  /// Rows of each side that are compared, at most.
  private static let sampleSize = 1_000

  /// `deployment.cmmd` (see ``SampleComparison/cmmd``), on random samples of equal size; no entry below two rows.
  ///
  /// - Parameters:
  ///   - subset: features of the chosen images in the fixed representation, one row an image.
  ///   - target: features of the target sample.
  ///   - seed: of the trial; it draws the samples.
  package static func metrics(subset: Matrix, target: Matrix, seed: UInt64) -> [String: Double] {
    let count = min(sampleSize, subset.rows, target.rows)
    func sample(_ rows: Matrix, _ purpose: String) -> Matrix {
      var generator = SeededGenerator(seed: seed, purpose: purpose)
      return rows.selecting(rows: generator.sample(count, of: rows.rows)).withUnitRows()
    }
    let comparison = SampleComparison(
      real: sample(target, "evaluation/target distance, target"),
      candidate: sample(subset, "evaluation/target distance, subset"))
    return comparison.cmmd.map { ["deployment.cmmd": $0] } ?? [:]
  }
}
