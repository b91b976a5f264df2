import Core

/// How far a ranking by utility per currency unit depends on the prices.
///
/// Every price is multiplied by its own log-normal factor, what each subject bought is charged again at the new prices, and
/// the subjects are ranked anew.
package struct PriceSensitivity: Hashable, Sendable {
  /// The price whose change is the smallest one that puts another subject first.
  package struct BreakEven: Hashable, Sendable {
    /// The column of the price.
    package let item: Int
    /// The factor by which that price alone must change: above 1 dearer, below 1 cheaper.
    package let ratio: Double
    /// Who is first beyond it.
    package let successor: Int
  }

  /// The best subject at the prices as they are; the lower index wins a tie.
  package let winner: Int
  /// For each subject the share of the draws in which it is first.
  package let firstPlace: [Double]
  /// Kendall's τ-b between the ranking of each draw and the one at the prices as they are, ascending; empty when it is not
  /// defined.
  package let concordance: [Double]
  /// nil when no change of a single price changes the first place.
  package let breakEven: BreakEven?

  /// - Parameters:
  ///   - utilities: what each subject achieved, positive.
  ///   - spending: what each subject spent (row) on each priced item (column): quantity × price. Every subject must have
  ///     spent something.
  ///   - deviation: the standard deviation of the factors' logarithm.
  package init(
    utilities: [Double], spending: [[Double]], deviation: Double = 0.5, draws: Int = 1_000, seed: UInt64
  ) {
    precondition(!utilities.isEmpty && utilities.count == spending.count, "one row of spending a subject")
    precondition(
      spending.allSatisfy { $0.reduce(0, +) > 0 }, "a subject that spent nothing has no utility per currency unit")
    let items = spending[0].count
    let present = Self.values(utilities, spending, factors: [Double](repeating: 1, count: items))
    var generator = SeededGenerator(seed: seed, purpose: "price sensitivity")
    var first = [Int](repeating: 0, count: utilities.count)
    var taus: [Double] = []
    for _ in 0..<draws {
      let factors = (0..<items).map { _ in PortableMath.exp(deviation * generator.normal()) }
      let values = Self.values(utilities, spending, factors: factors)
      first[Self.best(values)] += 1
      if let tau = Correlation.kendall(present, values) { taus.append(tau) }
    }
    winner = Self.best(present)
    firstPlace = first.map { Double($0) / Double(draws) }
    concordance = taus.sorted()
    breakEven = Self.breakEven(utilities, spending, winner: winner)
  }

  private static func values(_ utilities: [Double], _ spending: [[Double]], factors: [Double]) -> [Double] {
    zip(utilities, spending).map { utility, row in
      utility / zip(row, factors).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  private static func best(_ values: [Double]) -> Int {
    values.indices.max { (values[$0], -$0) < (values[$1], -$1) }!
  }

  /// With factor r on item i, subject s costs total_s + (r − 1)·spent_s,i; two subjects are level where
  /// u_w (total_s + (r − 1) spent_s) = u_s (total_w + (r − 1) spent_w), which is linear in r.
  private static func breakEven(_ utilities: [Double], _ spending: [[Double]], winner: Int) -> BreakEven? {
    let totals = spending.map { $0.reduce(0, +) }
    var nearest: (distance: Double, found: BreakEven)?
    for item in spending[0].indices {
      for other in utilities.indices where other != winner {
        let gap = utilities[other] * totals[winner] - utilities[winner] * totals[other]
        let slope = utilities[winner] * spending[other][item] - utilities[other] * spending[winner][item]
        let ratio = 1 + gap / slope
        guard ratio.isFinite, ratio > 0 else { continue }
        let distance = abs(PortableMath.log(ratio))
        if distance < nearest?.distance ?? .infinity {
          nearest = (distance, BreakEven(item: item, ratio: ratio, successor: other))
        }
      }
    }
    return nearest?.found
  }
}
