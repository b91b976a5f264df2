import Core
package import Numerics

/// A classifier that remembers labelled rows and lets the nearest ones vote.
package struct NeighbourVote: Hashable, Sendable {
  /// What is remembered, one row a sample; of equally near rows the first counts.
  package let rows: Matrix
  /// One a row, each 0..<classes.
  package let labels: [Int32]
  package let classes: Int
  /// How many rows vote, at least 1; all where there are fewer.
  package let count: Int
  package let metric: ExactNeighbours.Metric
  /// Whether a vote weighs 1 / distance; where a distance is 0, those rows alone vote.
  package let weighted: Bool

  /// nil when rows and labels do not fit each other, a value is not finite, or there is nothing to vote.
  package init?(
    rows: Matrix, labels: [Int32], classes: Int, count: Int, metric: ExactNeighbours.Metric, weighted: Bool
  ) {
    guard rows.rows == labels.count, rows.rows > 0, rows.columns > 0, classes > 1, count > 0,
      labels.allSatisfy({ $0 >= 0 && $0 < classes }), rows.values.allSatisfy(\.isFinite)
    else { return nil }
    (self.rows, self.labels, self.classes, self.count) = (rows, labels, classes, count)
    (self.metric, self.weighted) = (metric, weighted)
  }

  /// The logarithms of (votes + 1 / classes) / (voters + 1), one a class, for distances that ascend: as if one more neighbour's
  /// vote were spread evenly, so that no class is impossible.
  func logits(indices: ArraySlice<Int32>, distances: ArraySlice<Double>) -> [Float] {
    var votes = [Double](repeating: 0, count: classes)
    for (index, distance) in zip(indices, distances) {
      votes[Int(labels[Int(index)])] += weight(of: distance, nearest: distances.first!)
    }
    let total = votes.reduce(0, +)
    let voters = Double(indices.count)
    return votes.map {
      Float(PortableMath.log((voters * $0 / total + 1 / Double(classes)) / (voters + 1)))
    }
  }

  /// In units of the nearest one's, so that no distance is too small to divide by.
  private func weight(of distance: Double, nearest: Double) -> Double {
    guard weighted else { return 1 }
    guard nearest > 0 else { return distance == 0 ? 1 : 0 }
    return nearest / distance
  }
}
