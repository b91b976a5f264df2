package import Numerics

/// The class mix of an unlabelled target sample, and choosing in its proportions (label shift: Saerens, Latinne &
/// Decaestecker 2002; Lipton, Wang & Smola 2018; here by nearest neighbours).
package enum TargetClasses {
  /// The share of each class in the target: the mean, over its points, of their nearest neighbours' votes. Each neighbour
  /// votes for its label with the weight 1 / (how many points have that label), so that a class does not look frequent
  /// in the target because it is frequent among the points.
  ///
  /// - Parameters:
  ///   - points: one row a point, at least one.
  ///   - labels: one a point, 0..<`classCount`.
  ///   - target: as wide as `points`, at least one row.
  ///   - neighbours: how many vote, by cosine; at least 1.
  /// - Returns: one share a class; they add up to 1.
  package static func shares(
    points: Matrix, labels: [Int32], classCount: Int, target: Matrix, neighbours: Int
  ) -> [Double] {
    var counts = [Double](repeating: 0, count: classCount)
    for label in labels { counts[Int(label)] += 1 }
    let found = NearestNeighbours(of: target.directions, among: points.directions, count: neighbours)
    var shares = [Double](repeating: 0, count: classCount)
    for row in 0..<target.rows {
      let voters = found.indices[row * found.count..<(row + 1) * found.count].map { Int(labels[Int($0)]) }
      let total = voters.reduce(0) { $0 + 1 / counts[$1] }
      for label in voters { shares[label] += 1 / counts[label] / total / Double(target.rows) }
    }
    return shares
  }

  /// Takes points in `order` so that at every length the classes are as near to `shares` as whole points and what there
  /// is of each class allow: the next pick is of the class with the largest share / (its picks + 1) (D'Hondt), the lower
  /// class of two equal ones.
  ///
  /// - Parameter count: at most as many as `order` holds.
  package static func select(_ count: Int, order: [Int], labels: [Int32], shares: [Double]) -> [Int] {
    var waiting = shares.indices.map { label in order.reversed().filter { Int(labels[$0]) == label } }
    var taken = [Double](repeating: 0, count: shares.count)
    return (0..<count).map { _ in
      let claims = shares.indices.map { waiting[$0].isEmpty ? -1 : shares[$0] / (taken[$0] + 1) }
      let label = Ranking.argmax(claims)
      taken[label] += 1
      return waiting[label].removeLast()
    }
  }
}
