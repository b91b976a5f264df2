/// Measures of association between two lists of equal length. Each is nil where it is not defined: below two pairs, or
/// when one side is constant.
package enum Correlation {
  /// Pearson's product-moment correlation.
  package static func pearson(_ x: [Double], _ y: [Double]) -> Double? {
    requireEqualLength(x, y)
    guard x.count > 1, !isConstant(x), !isConstant(y) else { return nil }
    let (centerX, centerY) = (Descriptive.mean(x), Descriptive.mean(y))
    var product = 0.0
    for (a, b) in zip(x, y) { product += (a - centerX) * (b - centerY) }
    let scale = Descriptive.sumOfSquares(x).squareRoot() * Descriptive.sumOfSquares(y).squareRoot()
    return max(-1, min(1, product / scale))
  }

  /// Spearman's rank correlation: Pearson's on mid-ranks.
  package static func spearman(_ x: [Double], _ y: [Double]) -> Double? {
    pearson(Ranks.midranks(x), Ranks.midranks(y))
  }

  /// Kendall's τ-b, which allows for ties.
  package static func kendall(_ x: [Double], _ y: [Double]) -> Double? {
    requireEqualLength(x, y)
    var (score, untiedX, untiedY) = (0, 0, 0)
    for i in x.indices {
      for j in 0..<i {
        let (a, b) = (direction(x[i], x[j]), direction(y[i], y[j]))
        score += a * b
        untiedX += a * a
        untiedY += b * b
      }
    }
    guard untiedX > 0, untiedY > 0 else { return nil }
    return Double(score) / (Double(untiedX) * Double(untiedY)).squareRoot()
  }

  /// Kendall's coefficient of concordance W of several judges' scores for the same subjects, corrected for ties: 1 when all
  /// judges rank alike, about 0 when they rank at random; nil below two subjects or when every judge ties everything.
  package static func concordance(judges: [[Double]]) -> Double? {
    guard let subjects = judges.first?.count, subjects > 1 else { return nil }
    var rankSums = [Double](repeating: 0, count: subjects)
    var ties = 0.0
    for scores in judges {
      requireEqualLength(scores, rankSums)
      for (subject, rank) in Ranks.midranks(scores).enumerated() { rankSums[subject] += rank }
      ties += Ranks.tieCorrection(scores)
    }
    let (m, n) = (Double(judges.count), Double(subjects))
    let scale = m * m * (n * n * n - n) - m * ties
    guard scale > 0 else { return nil }
    return 12 * Descriptive.sumOfSquares(rankSums) / scale
  }

  private static func direction(_ a: Double, _ b: Double) -> Int { a > b ? 1 : (a < b ? -1 : 0) }

  private static func isConstant(_ values: [Double]) -> Bool { values.allSatisfy { $0 == values[0] } }

  private static func requireEqualLength(_ x: [Double], _ y: [Double]) {
    precondition(x.count == y.count, "\(x.count) values cannot be paired with \(y.count)")
  }
}

/// Ranks from 1, ties sharing the mean of their places.
package enum Ranks {
  /// The rank of each value, 1 for the smallest.
  package static func midranks(_ values: [Double]) -> [Double] {
    var ranks = [Double](repeating: 0, count: values.count)
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    forEachTie(in: order.map { values[$0] }) { places in
      let shared = Double(places.lowerBound + places.upperBound + 1) / 2
      for place in places { ranks[order[place]] = shared }
    }
    return ranks
  }

  /// Σ t³ − t over the groups of tied values, t their size.
  static func tieCorrection(_ values: [Double]) -> Double {
    var correction = 0.0
    forEachTie(in: values.sorted()) { places in
      let size = Double(places.count)
      correction += size * size * size - size
    }
    return correction
  }

  private static func forEachTie(in sorted: [Double], _ body: (Range<Int>) -> Void) {
    var start = 0
    for place in sorted.indices.dropFirst() where sorted[place] != sorted[start] {
      body(start..<place)
      start = place
    }
    if start < sorted.count { body(start..<sorted.count) }
  }
}
