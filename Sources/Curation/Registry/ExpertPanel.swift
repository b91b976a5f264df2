/// Experts who look at single candidates again, each look for its price.
///
/// A strategy that ``Need/experts`` may ask about a share of the candidates, and the ledger charges what it asked. So
/// nothing but the candidates that were paid for reveals its true label.
final class ExpertPanel {
  /// How many candidates may be asked about.
  let capacity: Int
  private let truth: [Int32]
  private var seen: Set<Int> = []

  /// How many candidates were asked about.
  var askedCount: Int { seen.count }

  /// - Parameter truth: the true label of every candidate; −1 for one of no class.
  init(capacity: Int, truth: [Int32]) {
    self.capacity = capacity
    self.truth = truth
  }

  /// What the experts say of each of `positions`: its true class, or nil for an image of no class. Asking again about the
  /// same candidate costs nothing more; asking about more than ``capacity`` traps.
  func labels(of positions: [Int]) -> [Int32?] {
    seen.formUnion(positions)
    precondition(seen.count <= capacity, "experts were asked about \(seen.count) candidates, paid for \(capacity)")
    return positions.map { truth[$0] >= 0 ? truth[$0] : nil }
  }
}
