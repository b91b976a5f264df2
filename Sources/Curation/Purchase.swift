package import Economics
package import Sweeps

/// What a trial bought.
package struct Purchase: Sendable, Hashable {
  /// Positions in the pool, distinct, in order of choice.
  package let subset: [Int]
  /// The label of each bought image, as the buyer trains with it.
  package let labels: [Int32]
  package let ledger: Ledger
  /// How many candidates were looked at; 0 for a strategy that buys unseen.
  package let candidates: Int
  /// What a reader should know.
  package let remarks: [Remark]
}
