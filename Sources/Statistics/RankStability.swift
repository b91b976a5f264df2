/// How far several judges (seeds, metrics, shifts) agree on the order of the same subjects.
package struct RankStability: Hashable, Sendable {
  /// The mean rank of each subject over the judges; 1 is the best.
  package let meanRanks: [Double]
  /// The share of the judges who put each subject first; a tie for the first place is shared.
  package let firstPlace: [Double]
  /// Kendall's coefficient of concordance W, corrected for ties; nil when every judge ties everything.
  package let concordance: Double?
  /// χ² = judges · (subjects − 1) · W with its p-value: whether the judges agree more than chance (Kendall & Babington Smith
  /// 1939); nil when W is.
  package let pValue: Double?
  /// Kendall's τ-b between each judge and the order by mean rank; nil where it is not defined.
  package let agreement: [Double?]

  /// - Parameter judges: one row a judge, one score a subject, larger is better; at least one judge and two subjects.
  package init(judges: [[Double]]) {
    let subjects = judges.first?.count ?? 0
    precondition(!judges.isEmpty && subjects > 1, "an order needs a judge and two subjects")
    let judges = judges.map { Ties.merged($0) }
    let ranks = judges.map { Ranks.midranks($0.map { -$0 }) }
    let count = Double(judges.count)
    let mean = (0..<subjects).map { subject in ranks.reduce(0) { $0 + $1[subject] } / count }
    meanRanks = mean
    var first = [Double](repeating: 0, count: subjects)
    for scores in judges {
      let best = scores.max()!
      let leaders = scores.indices.filter { scores[$0] == best }
      for leader in leaders { first[leader] += 1 / Double(leaders.count) / count }
    }
    firstPlace = first
    let concordance = Correlation.concordance(judges: judges)
    self.concordance = concordance
    pValue = concordance.map {
      Distributions.chiSquaredTail(count * Double(subjects - 1) * $0, degrees: Double(subjects - 1))
    }
    agreement = judges.map { Correlation.kendall($0, mean.map { -$0 }) }
  }
}
