/// What an interval may count where a data set was drawn several times.
///
/// Trials on one draw share its pools, so that they say nothing of how another draw would have come out: however many there are, they
/// are one observation. What is measured on a draw is therefore taken as its mean, and intervals and tests rest on the draws alone
/// (Student's t with draws − 1 degrees of freedom). That is exact for any share of the spread that the draws have, where an
/// interval over all trials holds less and less the larger that share is; it is wide for few draws, because so little is known.
/// `InferenceSimulation` shows the coverage.
package enum DrawMeans {
  /// One value a draw: the mean over the strata (shifts), which have their draw in common.
  ///
  /// - Parameter strata: by stratum one value a draw, nil where it misses. Draws that lack a stratum which some other draw has are left
  ///   out, so that all means are over the same strata.
  package static func units(_ strata: [[Double?]]) -> [Double] {
    let present = strata.filter { $0.contains { $0 != nil } }
    let draws = present.map(\.count).max() ?? 0
    return (0..<draws).compactMap { draw in
      let values = present.compactMap { draw < $0.count ? $0[draw] : nil }
      return values.count == present.count ? Descriptive.mean(values) : nil
    }
  }
}
