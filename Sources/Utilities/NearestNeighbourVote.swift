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
  package init(queries: Matrix, memory: Matrix, labels: [Int32], classes: Int, k: Int) {
    precondition(labels.count == memory.rows, "\(labels.count) labels for \(memory.rows) rows")
    let neighbours = NearestNeighbours(of: queries, among: memory, count: k)
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
    var votes = [Float](repeating: 0, count: classes)
    return truth.enumerated().map { query, label in
      count(query, k: k, into: &votes)
      let own = votes[Int(label)]
      return own > 0 ? votes.indices.count { votes[$0] > own || (votes[$0] == own && $0 < Int(label)) } : nil
    }
  }

  /// The share of the votes of the `k` nearest that each class has, one row a query.
  package func shares(k: Int) -> [[Double]] {
    var votes = [Float](repeating: 0, count: classes)
    return (0..<weights.rows).map { query in
      count(query, k: k, into: &votes)
      let total = votes.reduce(0) { $0 + Double($1) }
      return votes.map { Double($0) / total }
    }
  }

  private func count(_ query: Int, k: Int, into votes: inout [Float]) {
    for label in votes.indices { votes[label] = 0 }
    let start = query * neighbours.count
    for place in start..<start + min(k, neighbours.count) {
      votes[Int(labels[Int(neighbours.indices[place])])] += weights.values[place]
    }
  }
}
