import Core
import Curation
import Datasets
import Economics
import Formats
import Models
import Planning
import Sweeps
import Utilities

/// What a trial bought: what is trained on and measured.
struct Bought {
  let pool: Pool
  let rows: [Int]
  let labels: [Int32]
  let ledger: Ledger
  let poolSize: Int
  let candidates: Int
  let remarks: [Remark]
  var split: [String: Double] = [:]
  /// What distances between distributions refer to.
  let reference: Pool
  let seed: UInt64
  /// What says which samples these are, for the store.
  let objects: [String: [UInt8]]

  static func object(_ positions: [Int]) -> [UInt8] {
    NumPyArray(shape: [positions.count], values: .uint32(positions.map { UInt32($0) })).bytes
  }

  /// What a model is trained on. A subset is a set: in whatever order its samples were chosen, equal subsets train equal models.
  var trainingSet: TrainingSet {
    TrainingSet(
      pool.images.selecting(rows), labels: labels, normalisation: pool.normalisation,
      identities: rows.map(pool.identifier(of:)))
  }

  var choice: MeasuredSubject.Choice {
    MeasuredSubject.Choice(pool: pool, rows: rows, labels: labels, ledger: ledger)
  }

  /// The trial's values for the store.
  ///
  /// - Parameter further: what is to be said of the training.
  func values(_ measured: Measurement, _ further: [Remark]) -> TrialValues {
    TrialValues(
      metrics: measured.metrics, counts: measured.counts, perClass: measured.perClass,
      confusion: measured.confusion ?? ConfusionCounts(rows: []), ledger: ledger, items: labels.count,
      poolSize: poolSize,
      candidates: candidates, remarks: remarks + further, split: split)
  }
}

extension Bought {
  /// What a mix bought of `pools`.
  init(_ purchase: MixPurchase, _ pools: [String: Pool], reference: Pool, seed: UInt64) {
    let bought = purchase.parts.filter { !$0.subset.isEmpty }
    let labels = bought.flatMap(\.labels)
    // One pool alone is measured as that pool's own trials are.
    let isSingle = bought.count == 1
    let parts = purchase.parts
    self.init(
      pool: isSingle ? pools[bought[0].shift]! : purchase.merged(pools),
      rows: isSingle ? bought[0].subset : Array(labels.indices), labels: labels, ledger: purchase.ledger,
      poolSize: pools.values.reduce(0) { $0 + $1.count }, candidates: purchase.candidates, remarks: purchase.remarks,
      split: purchase.split, reference: isSingle ? reference : Self.rest(of: reference, without: bought), seed: seed,
      objects: [
        TrialObject.subset.rawValue: Self.object(parts.flatMap(\.subset)),
        TrialObject.shifts.rawValue: Self.object(
          parts.indices.flatMap { [Int](repeating: $0, count: parts[$0].subset.count) }),
        TrialObject.sources.rawValue: JSONValue.array(parts.map { .string($0.shift) }).canonical,
      ])
  }

  /// The samples of the reference that were not bought: distances between distributions must not compare samples with
  /// themselves.
  private static func rest(of reference: Pool, without parts: [MixPurchase.Part]) -> Pool {
    let bought = Set(parts.first { $0.shift == reference.shift }?.subset ?? [])
    let rest = (0..<reference.count).filter { !bought.contains($0) }
    return bought.isEmpty || rest.isEmpty ? reference : reference.selecting(rest)
  }
}
