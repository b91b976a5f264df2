package import Core
package import Numerics

/// What each training point contributes to the accuracy of a k-nearest-neighbour classifier: its exact Shapley value (Jia
/// et al., Efficient Task-Specific Data Valuation for Nearest Neighbor Algorithms, VLDB 2019, theorem 1).
///
/// The worth of a set of points for a validation point with the label y is the share 1/k · #{label = y} among its k
/// nearest in the set, and among all where the set has fewer.
package enum NearestNeighbourShapley {
  /// The values, each a mean over the validation points. A validation point is no neighbour of its own, and worth nothing
  /// to itself.
  ///
  /// - Parameters:
  ///   - features: one row a point; neighbours are near by Euclid, the lower row first of two equally near.
  ///   - labels: one a point.
  ///   - validation: rows of `features` that judge, at least one.
  ///   - k: neighbours, at least 1.
  /// - Throws: `CancellationError` once nobody wants the result.
  package static func values(
    features: Matrix, labels: [Int32], validation: [Int], k: Int, context: TaskContext = .unobserved
  ) throws -> [Double] {
    let norms = Kernels.rowSquaredNorms(features)
    var sums = [Double](repeating: 0, count: labels.count)
    for start in stride(from: 0, to: validation.count, by: LinearKernels.narrowOutputs) {
      try context.proceed(start, of: validation.count)
      let judges = Array(validation[start..<min(start + LinearKernels.narrowOutputs, validation.count)])
      let products = features.innerProducts(with: features.selecting(rows: judges))
      for (column, judge) in judges.enumerated() {
        let distances = norms.indices.map { norms[$0] - 2 * products[$0, column] }
        let order = Ranking.smallest(labels.count, of: distances).filter { $0 != judge }
        add(valuesOf: order, matches: { labels[$0] == labels[judge] }, k: k, to: &sums)
      }
    }
    return sums.map { $0 / Double(validation.count) }
  }

  /// The values for one validation point, from the farthest of `order` to the nearest.
  private static func add(valuesOf order: [Int], matches: (Int) -> Bool, k: Int, to sums: inout [Double]) {
    guard let last = order.last else { return }
    let count = order.count
    var value = matches(last) ? Double(min(k, count)) / Double(k * count) : 0
    sums[last] += value
    var nextMatches = matches(last)
    for rank in stride(from: count - 1, to: 0, by: -1) {
      let isMatch = matches(order[rank - 1])
      if isMatch != nextMatches { value += (isMatch ? 1 : -1) * Double(min(k, rank)) / Double(k * rank) }
      nextMatches = isMatch
      sums[order[rank - 1]] += value
    }
  }
}
