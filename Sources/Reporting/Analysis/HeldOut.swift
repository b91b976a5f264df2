import Statistics
import Sweeps

/// What the choice is worth on test images that it never saw: each half of them chooses, the other half says what that is worth.
///
/// Both halves are answered by the same trained models, so it takes out the luck with test images and not that with seeds.
struct HeldOut {
  let metric: Metric
  /// What each half chooses.
  let choices: [VerdictOption]
  /// The mean, over both ways, of what the chosen option reaches on the half that did not choose.
  let unseen: Double
  /// What the recommended option reaches on all images.
  let all: Double

  /// The names of the accuracy on either half of a set.
  static func halves(of metric: Metric) -> [String] { ["\(metric.name).half-1", "\(metric.name).half-2"] }

  /// nil where several utilities decide, and where some option has no halves.
  init?(_ basis: VerdictBasis, recommended: VerdictOption) {
    guard let metric = basis.weights.single else { return nil }
    let halves = Self.halves(of: metric).compactMap { basis.metric($0) }
    guard halves.count == 2, basis.scores.complete.count > 1 else { return nil }
    let means = halves.map { half in
      basis.scores.complete.compactMap { candidate in candidate.values(half).map { Descriptive.mean($0) } }
    }
    guard means.allSatisfy({ $0.count == basis.scores.complete.count }),
      let own = basis.scores.complete.first(where: { $0.option == recommended })?.values(metric)
    else { return nil }
    let sign = UtilityAnalysis.sign(metric)
    let chosen = means.map { values in
      let merged = Ties.merged(values.map { sign * $0 })
      return merged.indices.max { (merged[$0], -$0) < (merged[$1], -$1) }!
    }
    self.metric = metric
    choices = chosen.map { basis.scores.complete[$0].option }
    unseen = (means[1][chosen[0]] + means[0][chosen[1]]) / 2
    all = Descriptive.mean(own)
  }

  /// Whether both halves choose what is recommended.
  func confirms(_ recommended: VerdictOption) -> Bool { choices.allSatisfy { $0 == recommended } }
}
