/// Orders by score. The lower position wins every tie.
package enum Ranking {
  /// Positions of the `count` smallest scores, smallest first.
  package static func smallest<Score: BinaryFloatingPoint>(_ count: Int, of scores: [Score]) -> [Int] {
    let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
    return Array(order.prefix(count))
  }

  /// Positions of the `count` largest scores, largest first.
  package static func largest<Score: BinaryFloatingPoint>(_ count: Int, of scores: [Score]) -> [Int] {
    smallest(count, of: scores.map { -$0 })
  }

  /// The position of the largest of at least one score.
  @inline(__always)
  static func argmax<Score: Comparable>(_ scores: [Score]) -> Int {
    var best = 0
    for position in 1..<scores.count where scores[position] > scores[best] { best = position }
    return best
  }

  /// The position of the smallest of at least one score.
  @inline(__always)
  static func argmin<Score: Comparable>(_ scores: [Score]) -> Int {
    var best = 0
    for position in 1..<scores.count where scores[position] < scores[best] { best = position }
    return best
  }
}
