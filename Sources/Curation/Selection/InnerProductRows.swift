import Numerics

/// The inner products of chosen points with all points, a row at a time.
///
/// Greedy selection needs one row per pick and knows the next pick only after the last. Reading all points for a single
/// row is bound by memory, so rows that will probably be asked for next are computed along with it. A row's values do
/// not depend on what it was computed with.
struct InnerProductRows {
  let points: Matrix
  /// The squared length of each point.
  let squaredNorms: [Float]
  private var ready: [Int: [Float]] = [:]

  private static let block = NarrowKernels.largestOutputs
  /// Rows that were guessed and not asked for are given up beyond this number.
  private static let capacity = 256

  init(_ points: Matrix) {
    self.points = points
    squaredNorms = Kernels.rowSquaredNorms(points)
  }

  /// The inner products of point `index` with every point.
  ///
  /// - Parameter likelyNext: scores of all points; those with the largest, above −∞, are expected to be asked for next.
  mutating func row(_ index: Int, likelyNext scores: @autoclosure () -> [Float]) -> [Float] {
    if let row = ready.removeValue(forKey: index) { return row }
    if ready.count > Self.capacity { ready.removeAll(keepingCapacity: true) }
    let wanted = [index] + guesses(scores(), except: index)
    let block = points.selecting(rows: wanted)
    var products = [Float](repeating: 0, count: points.rows * wanted.count)
    NarrowKernels.forward(points.values, rows: points.rows, weights: block, into: &products)
    for (column, point) in wanted.enumerated().dropFirst() {
      ready[point] = Self.column(column, of: products, width: wanted.count)
    }
    return Self.column(0, of: products, width: wanted.count)
  }

  private func guesses(_ scores: [Float], except index: Int) -> [Int] {
    var best: [Int] = []
    for point in scores.indices where scores[point] > -.infinity && point != index && ready[point] == nil {
      if best.count == Self.block - 1 {
        guard scores[point] > scores[best[best.count - 1]] else { continue }
        best.removeLast()
      }
      best.insert(point, at: best.firstIndex { scores[$0] < scores[point] } ?? best.count)
    }
    return best
  }

  private static func column(_ column: Int, of values: [Float], width: Int) -> [Float] {
    stride(from: column, to: values.count, by: width).map { values[$0] }
  }
}
