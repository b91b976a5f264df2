import Numerics

/// The inner products of chosen points with all points, a row at a time.
///
/// Greedy selection needs one row per pick and knows the next pick only after the last. Reading all points for a single
/// row is bound by memory, so rows that will probably be asked for are computed along with it and kept: the whole costs
/// at most one product of the points with themselves, and usually less. A row's values do not depend on what it was
/// computed with, nor on the CPU.
struct InnerProductRows<Points: RowReading> {
  /// The squared length of each point.
  let squaredNorms: [Float]
  private let points: Points
  private var ready: [Int: [Float]] = [:]

  private static var block: Int { LinearKernels.narrowOutputs }
  /// Values that are kept at most (256 MB); rows that were guessed wrong are given up beyond.
  private static var capacity: Int { 64 << 20 }

  init(_ points: Points) {
    self.points = points
    squaredNorms = points.squaredNorms
  }

  /// The inner products of point `index` with every point. Each row can be asked for once.
  ///
  /// - Parameter likelyNext: scores of all points; those with the largest, above −∞, are expected to be asked for next.
  mutating func take(_ index: Int, likelyNext scores: @autoclosure () -> [Float]) -> [Float] {
    if let row = ready.removeValue(forKey: index) { return row }
    if (ready.count + Self.block) * points.rows > Self.capacity { ready.removeAll() }
    let wanted = [index] + guesses(scores(), except: index)
    let products = points.innerProducts(with: points.selecting(rows: wanted).matrix)
    for (column, point) in wanted.enumerated().dropFirst() {
      ready[point] = products.column(column)
    }
    return products.column(0)
  }

  private func guesses(_ scores: [Float], except index: Int) -> [Int] {
    var best: [Int] = []
    for point in scores.indices where scores[point] > (best.count < Self.block - 1 ? -.infinity : scores[best.last!]) {
      guard point != index, ready[point] == nil else { continue }
      if best.count == Self.block - 1 { best.removeLast() }
      best.insert(point, at: best.firstIndex { scores[$0] < scores[point] } ?? best.count)
    }
    return best
  }
}
