package import Datasets
package import Economics
import Numerics
import Samples
package import Sweeps

/// What a mix bought.
package struct MixPurchase: Sendable, Hashable {
  /// What was bought of one shift.
  package struct Part: Sendable, Hashable {
    package let shift: String
    /// Positions in that shift's pool, distinct, in order of choice.
    package internal(set) var subset: [Int]
    /// The label of each bought image, as the buyer trains with it.
    package internal(set) var labels: [Int32]
  }

  /// One for each source, in the order of the mix; a source that nothing was bought of has an empty part.
  package let parts: [Part]
  /// The entries carry each item at its shift's price.
  package let ledger: Ledger
  /// Candidates looked at in all shifts together.
  package let candidates: Int
  /// The share of the money that each shift was given, by shift; they add up to 1.
  package let split: [String: Double]
  /// What a reader should know.
  package let remarks: [Remark]

  /// The bought images as one pool, in the order of the parts, whose observed labels are those bought.
  ///
  /// - Parameter pools: of every source, by shift.
  package func merged(_ pools: [String: Pool]) -> Pool {
    let bought = parts.filter { !$0.subset.isEmpty }
    let chosen = bought.map { pools[$0.shift]!.selecting($0.subset) }
    let licences = chosen.map(\.licence).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return Pool(
      shift: "mix", images: SampleSet(joining: chosen.map(\.images)), classNames: chosen[0].classNames,
      observedLabels: bought.flatMap(\.labels), trueLabels: chosen.flatMap(\.trueLabels),
      sourceIDs: chosen.flatMap(\.sourceIDs), features: RowTable(joining: chosen.map(\.features)),
      labelOrigin: Remark(.asEachPart),
      licence: licences.joined(separator: "; "),
      normalisation: chosen[0].normalisation)
  }
}

extension Pool {
  /// The given images with all that is known of them, in the given order.
  package func selecting(_ rows: [Int]) -> Pool {
    Pool(
      shift: shift, images: images.selecting(rows), classNames: classNames,
      observedLabels: rows.map { observedLabels[$0] }, trueLabels: rows.map { trueLabels[$0] },
      sourceIDs: rows.map { sourceIDs[$0] }, features: features.selecting(rows: rows), labelOrigin: labelOrigin,
      licence: licence, normalisation: normalisation, origins: origins?.selecting(rows))
  }
}
