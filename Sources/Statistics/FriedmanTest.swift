/// Friedman's test of several subjects on the same units, with Nemenyi's critical difference (Demšar 2006).
package struct FriedmanTest: Hashable, Sendable {
  /// The mean rank of each subject over the units; 1 is the best.
  package let meanRanks: [Double]
  /// χ² with one degree of freedom less than there are subjects, corrected for ties; 0 when every unit ties everything.
  package let statistic: Double
  package let pValue: Double
  private let units: Int

  /// Takes one row a subject and one value a unit: at least two subjects and a unit; traps otherwise.
  package init(values: [[Double]], isHigherBetter: Bool = true) {
    units = values.first?.count ?? 0
    precondition(values.count > 1 && units > 0, "Friedman's test needs two subjects and a unit")
    let scores = (0..<units).map { unit in Ties.merged(values.map { isHigherBetter ? -$0[unit] : $0[unit] }) }
    let ranks = scores.map(Ranks.midranks)
    let (k, n) = (Double(values.count), Double(units))
    let sums = values.indices.map { subject in ranks.reduce(0) { $0 + $1[subject] } }
    meanRanks = sums.map { $0 / n }
    let ties = scores.reduce(0) { $0 + Ranks.tieCorrection($1) }
    let correction = 1 - ties / (n * k * (k * k - 1))
    let raw = 12 / (n * k * (k + 1)) * sums.reduce(0) { $0 + $1 * $1 } - 3 * n * (k + 1)
    statistic = correction > 0 ? max(0, raw / correction) : 0
    pValue = Distributions.chiSquaredTail(statistic, degrees: k - 1)
  }

  /// Subjects whose mean ranks differ by less than this cannot be told apart by Nemenyi's test: q_α √(k (k + 1) / 6 N).
  package func criticalDifference(level: Double = 0.05) -> Double {
    let k = Double(meanRanks.count)
    return Self.criticalValue(subjects: meanRanks.count, level: level)
      * (k * (k + 1) / (6 * Double(units))).squareRoot()
  }

  /// q_α: the quantile of the studentised range of `subjects` means with infinitely many degrees of freedom, over √2.
  package static func criticalValue(subjects: Int, level: Double = 0.05) -> Double {
    Distributions.normalRangeQuantile(1 - level, count: subjects) / 2.0.squareRoot()
  }
}
