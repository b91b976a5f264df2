/// Which subjects of a Friedman test Nemenyi's test cannot tell apart: what a critical-difference diagram draws
/// (Demšar 2006).
package struct CriticalDifference: Hashable, Sendable {
  /// Subjects from the best mean rank to the worst; the lower index first where ranks are equal.
  package let order: [Int]
  /// The mean rank of each subject, by its index.
  package let meanRanks: [Double]
  /// Mean ranks that differ by less are not told apart.
  package let difference: Double
  /// The largest groups of at least two subjects, next to each other in ``order``, of which none can be told from any other
  /// of the group; best first.
  package let cliques: [[Int]]

  package init(_ test: FriedmanTest, level: Double = 0.05) {
    self.init(meanRanks: test.meanRanks, difference: test.criticalDifference(level: level))
  }

  package init(meanRanks: [Double], difference: Double) {
    self.meanRanks = meanRanks
    self.difference = difference
    let order = meanRanks.indices.sorted { (meanRanks[$0], $0) < (meanRanks[$1], $1) }
    self.order = order
    var cliques: [[Int]] = []
    var reached = 0
    for first in order.indices {
      var last = first
      while last + 1 < order.count, meanRanks[order[last + 1]] - meanRanks[order[first]] < difference { last += 1 }
      if last > first, last + 1 > reached { cliques.append(Array(order[first...last])) }
      reached = max(reached, last + 1)
    }
    self.cliques = cliques
  }

  /// Whether the data tell two subjects apart.
  package func separates(_ a: Int, _ b: Int) -> Bool { abs(meanRanks[a] - meanRanks[b]) >= difference }
}
