import Core

/// How far a ranking at equal money depends on the prices.
///
/// Every price is multiplied by its own log-normal factor, the subsets are charged again at the new prices, and the subjects
/// are ranked anew. With subsets of several sizes a subject's cost–utility curve is moved along the cost axis and read at
/// the same budget as before; with one size nothing says what more or less money would do, and subjects are ranked by
/// utility per currency unit.
package struct PriceSensitivity: Hashable, Sendable {
  /// A subset of one size.
  package struct Level: Hashable, Sendable {
    package let utility: Double
    /// What was spent on each priced item: quantity × price.
    package let spending: [Double]

    package init(utility: Double, spending: [Double]) {
      self.utility = utility
      self.spending = spending
    }
  }

  /// The change of one price that puts another subject first.
  package struct BreakEven: Hashable, Sendable {
    /// The column of the price.
    package let item: Int
    /// The factor by which that price alone must change: above 1 dearer, below 1 cheaper.
    package let ratio: Double
    /// Who is first beyond it.
    package let successor: Int

    /// Whether it is the smaller change. Of equal ones a dearer price is nearer, then the earlier item.
    func isNearer(than other: BreakEven) -> Bool {
      let (size, rival) = (max(ratio, 1 / ratio), max(other.ratio, 1 / other.ratio))
      if abs(size - rival) > 1e-9 * rival { return size < rival }
      if (ratio > 1) != (other.ratio > 1) { return ratio > 1 }
      return item < other.item
    }
  }

  /// The best subject at the prices as they are; the lower index wins a tie.
  package let winner: Int
  /// What subjects are ranked by at the prices as they are: utility at the budget, or utility per currency unit.
  package let values: [Double]
  /// For each subject the share of the draws in which it is first.
  package let firstPlace: [Double]
  /// Kendall's τ-b between the ranking of each draw and the one at the prices as they are, ascending; empty when it is not
  /// defined.
  package let concordance: [Double]
  /// For each item whose price alone can put another subject first, the smallest such change, in the order of the items.
  package let breakEvens: [BreakEven]
  /// The smallest of ``breakEvens``; nil when no change of a single price changes the first place.
  package var breakEven: BreakEven? { breakEvens.min { $0.isNearer(than: $1) } }

  /// Break-even ratios are searched from 1/64 to 64.
  package static let largestRatio = 64.0

  /// Ranks by utility per currency unit.
  ///
  /// - Parameters:
  ///   - utilities: what each subject achieved, positive.
  ///   - spending: what each subject spent (row) on each priced item (column): quantity × price. Every subject must have
  ///     spent something.
  ///   - deviation: the standard deviation of the factors' logarithm.
  package init(
    utilities: [Double], spending: [[Double]], deviation: Double = 0.5, draws: Int = 1_000, seed: UInt64
  ) {
    precondition(!utilities.isEmpty && utilities.count == spending.count, "one row of spending a subject")
    let ranking = Ranking(
      subjects: zip(utilities, spending).map { [Level(utility: $0, spending: $1)] }, budget: nil, isHigherBetter: true)
    self.init(ranking, deviation: deviation, draws: draws, seed: seed)
  }

  /// Ranks by the utility that each subject reaches for `budget` (``CostCurve/utility(at:)``).
  ///
  /// - Parameters:
  ///   - subjects: at least two levels each; every level must have spent something.
  ///   - deviation: the standard deviation of the factors' logarithm.
  package init(
    subjects: [[Level]], budget: Double, isHigherBetter: Bool = true, deviation: Double = 0.5, draws: Int = 1_000,
    seed: UInt64
  ) {
    precondition(
      !subjects.isEmpty && subjects.allSatisfy { $0.count > 1 } && budget > 0, "a curve needs two subsets a subject")
    self.init(
      Ranking(subjects: subjects, budget: budget, isHigherBetter: isHigherBetter), deviation: deviation, draws: draws,
      seed: seed)
  }

  private init(_ ranking: Ranking, deviation: Double, draws: Int, seed: UInt64) {
    let items = ranking.subjects[0][0].spending.count
    values = ranking.values(factors: [Double](repeating: 1, count: items))
    winner = ranking.best(values)
    var generator = SeededGenerator(seed: seed, purpose: "price sensitivity")
    var first = [Int](repeating: 0, count: values.count)
    var taus: [Double] = []
    for _ in 0..<draws {
      let factors = (0..<items).map { _ in PortableMath.exp(deviation * generator.normal()) }
      let drawn = ranking.values(factors: factors)
      first[ranking.best(drawn)] += 1
      if let tau = Correlation.kendall(values, drawn) { taus.append(tau) }
    }
    firstPlace = first.map { Double($0) / Double(draws) }
    concordance = taus.sorted()
    breakEvens = ranking.breakEvens(items: items, winner: winner)
  }
}

/// Subjects ranked at changed prices.
private struct Ranking {
  let subjects: [[PriceSensitivity.Level]]
  /// nil: by utility per currency unit.
  let budget: Double?
  let isHigherBetter: Bool

  init(subjects: [[PriceSensitivity.Level]], budget: Double?, isHigherBetter: Bool) {
    precondition(
      subjects.allSatisfy { $0.allSatisfy { $0.spending.reduce(0, +) > 0 } },
      "a subset that cost nothing has no utility for money")
    self.subjects = subjects
    self.budget = budget
    self.isHigherBetter = isHigherBetter
  }

  func values(factors: [Double]) -> [Double] {
    subjects.map { levels in
      guard let budget else { return levels[0].utility / Self.cost(levels[0], factors) }
      return CostCurve(levels.map { CostCurve.Point(cost: Self.cost($0, factors), utility: $0.utility) })
        .utility(at: budget)
    }
  }

  private static func cost(_ level: PriceSensitivity.Level, _ factors: [Double]) -> Double {
    var cost = 0.0
    for item in factors.indices { cost += level.spending[item] * factors[item] }
    return cost
  }

  func best(_ values: [Double]) -> Int {
    let sign = isHigherBetter ? 1.0 : -1
    return values.indices.max { (sign * values[$0], -$0) < (sign * values[$1], -$1) }!
  }

  func breakEvens(items: Int, winner: Int) -> [PriceSensitivity.BreakEven] {
    (0..<items).filter { item in subjects.contains { $0.contains { $0.spending[item] > 0 } } }.compactMap { item in
      let found = [1.0, -1].compactMap { turningPoint(item, items, direction: $0, winner: winner) }
      return found.min { $0.isNearer(than: $1) }
    }
  }

  /// The first change of the winner as the price of `item` grows (or falls) by steps of 5 %, refined by bisection.
  private func turningPoint(_ item: Int, _ items: Int, direction: Double, winner: Int) -> PriceSensitivity.BreakEven? {
    func first(_ exponent: Double) -> Int {
      var factors = [Double](repeating: 1, count: items)
      factors[item] = PortableMath.exp(direction * exponent)
      return best(values(factors: factors))
    }
    let (step, end) = (0.05, PortableMath.log(PriceSensitivity.largestRatio))
    var low = 0.0
    while low < end, first(low + step) == winner { low += step }
    guard low < end else { return nil }
    var high = low + step
    for _ in 0..<45 {
      let middle = (low + high) / 2
      if first(middle) == winner { low = middle } else { high = middle }
    }
    return PriceSensitivity.BreakEven(item: item, ratio: PortableMath.exp(direction * high), successor: first(high))
  }
}
