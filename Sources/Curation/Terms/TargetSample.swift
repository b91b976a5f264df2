import Core
import Economics
import Numerics

/// The part of the target sample that a trial reads and pays for.
enum TargetSample {
  /// `wanted` of the rows of `target`, at random by `seed`; all when there are not so many. Equally many are the same ones for
  /// every strategy.
  static func pictures(_ wanted: Int, of target: Matrix, seed: Int) -> Matrix {
    guard wanted < target.rows else { return target }
    var generator = SeededGenerator(seed: UInt64(seed), purpose: "target pictures")
    return target.selecting(rows: Array(generator.permutation(target.rows).prefix(wanted)))
  }
}

extension ResolvedStrategy {
  /// The ledger of looking at `candidates` images, having experts label `expertLabels` of them anew, reading
  /// `targetPictures` of the target sample, and buying `purchases`.
  func ledger(
    in terms: Terms, candidates: Int, expertLabels: Int, targetPictures: Int, purchases: Int
  ) -> Ledger {
    let offer = offer(in: terms)
    var once = offer.once
    // A small target sample has fewer pictures than the strategy would read.
    if once[.selection]?[.photograph] != nil { once[.selection]?[.photograph] = targetPictures }
    var ledger = Ledger(budget: terms.budget)
    for entry in offer.entries(
      candidates: candidates, purchases: purchases, expertLabels: expertLabels, once: once)
    { ledger.charge(entry.purpose, entry.item, quantity: entry.quantity, at: entry.unitPrice) }
    return ledger
  }
}
