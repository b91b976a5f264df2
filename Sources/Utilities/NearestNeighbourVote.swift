package import Core
import Economics
package import Numerics

/// The weighted k-nearest-neighbour classifier of self-supervised learning: each neighbour votes for its class with weight
/// exp(cosine / 0.07) (Wu et al. 2018; Caron et al. 2021).
package struct NearestNeighbourVote: Sendable {
  private static let temperature: Float = 0.07
  private let neighbours: NearestNeighbours
  /// One row a query: the neighbours' weights, scaled to sum 1.
  private let weights: Matrix
  private let labels: [Int32]
  private let classes: Int

  /// - Parameters:
  ///   - queries: rows of unit length.
  ///   - memory: rows of unit length, at least one.
  ///   - labels: the class of each row of the memory, 0..<classes.
  ///   - k: the largest number of neighbours that will be asked for.
  package init(
    queries: Matrix, memory: Matrix, labels: [Int32], classes: Int, k: Int, context: TaskContext = .unobserved
  ) throws {
    precondition(labels.count == memory.rows, "\(labels.count) labels for \(memory.rows) rows")
    let neighbours = try NearestNeighbours(of: queries, among: memory, count: k) { try context.proceed($0, of: $1) }
    var weights = Matrix(
      rows: queries.rows, columns: neighbours.count, values: neighbours.similarities.map { $0 / Self.temperature })
    Kernels.softmax(&weights.values, rows: weights.rows, columns: weights.columns)
    self.neighbours = neighbours
    self.weights = weights
    self.labels = labels
    self.classes = classes
  }

  /// For each query how many classes come before its true class by the votes of the `k` nearest; nil when the true class
  /// has no vote. Of equal votes the lower class comes first.
  package func ranks(k: Int, truth: [Int32]) -> [Int?] {
    precondition(truth.count == weights.rows, "one true class a query")
    var votes = Votes(classes: classes)
    return truth.enumerated().map { query, label in
      count(query, k: k, into: &votes)
      let own = votes.values[Int(label)]
      guard own > 0 else { return nil }
      return votes.voted.count { votes.values[$0] > own || (votes.values[$0] == own && $0 < Int(label)) }
    }
  }

  /// The share of the votes of the `k` nearest that each class has, one row a query: the classes that have any, in order.
  package func shares(k: Int) -> [[InceptionStyleScore.Share]] {
    var votes = Votes(classes: classes)
    return (0..<weights.rows).map { query in
      count(query, k: k, into: &votes)
      let voted = votes.voted.sorted()
      let total = voted.reduce(0) { $0 + Double(votes.values[$1]) }
      return voted.map { InceptionStyleScore.Share(label: $0, share: Double(votes.values[$0]) / total) }
    }
  }

  /// The votes of one query; of many classes only few have any.
  private struct Votes {
    var values: [Float]
    /// The classes with a vote.
    var voted: [Int] = []

    init(classes: Int) { values = [Float](repeating: 0, count: classes) }
  }

  private func count(_ query: Int, k: Int, into votes: inout Votes) {
    for label in votes.voted { votes.values[label] = 0 }
    votes.voted.removeAll(keepingCapacity: true)
    let start = query * neighbours.count
    for place in start..<start + min(k, neighbours.count) {
      let (label, weight) = (Int(labels[Int(neighbours.indices[place])]), weights.values[place])
      if votes.values[label] == 0, weight > 0 { votes.voted.append(label) }
      votes.values[label] += weight
    }
  }
}
