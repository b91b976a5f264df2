import Statistics
import Sweeps

/// How far the answer of one setting differs between the draws of its data set.
struct DrawAnalysis {
  let setting: SettingAnalysis
  let draws: [Int]
  /// Trials of each point on one draw.
  let seeds: Int
  /// What comes first on each draw, with its score.
  let firsts: [(option: VerdictOption, score: Double)]
  /// By how much the recommended option leads the next on each draw, in points, and how much that varies.
  let leads: [Double]
  let spread: Double
  /// How much it would vary if all draws were alike and seeds differed only; nil with one seed, and where several utilities decide.
  let seedSpread: Double?

  /// nil with one draw, and where one option takes part.
  init?(_ grids: Grids, _ setting: SettingAnalysis) {
    let grid = setting.grid
    guard grid.hasDraws, let basis = VerdictBasis(grids, setting.setting) else { return nil }
    let (scores, order) = (basis.scores, basis.scores.order)
    guard order.count > 1, case let leads = scores.difference(order[0], order[1]),
      let spread = Descriptive.standardDeviation(leads)
    else { return nil }
    self.setting = setting
    draws = grid.replicates
    seeds = grid.trials.count / grid.replicates.count
    firsts = draws.indices.map { draw in
      let best = order.max { (scores.values[$0][draw], -$0) < (scores.values[$1][draw], -$1) }!
      return (scores.complete[best].option, scores.values[best][draw])
    }
    (self.leads, self.spread) = (leads, spread)
    let count = seeds
    seedSpread = basis.weights.single.flatMap { metric in
      Self.seedSpread(scores.complete[order[0]], scores.complete[order[1]], metric, seeds: count)
        .flatMap { spread in basis.candidates.scale(metric).map { abs($0) * spread } }
    }
  }

  /// The standard deviation of a draw's mean lead that the spread between its seeds alone makes.
  private static func seedSpread(
    _ first: VerdictCandidates.Candidate, _ second: VerdictCandidates.Candidate, _ metric: Metric, seeds: Int
  ) -> Double? {
    guard seeds > 1, first.grid.trials == second.grid.trials else { return nil }
    let leads = first.grid.trials.indices.map { trial -> Double? in
      guard let own = first.grid.value(metric.name, first.strategy, first.shift, trial: trial),
        let other = second.grid.value(metric.name, second.strategy, second.shift, trial: trial)
      else { return nil }
      return own - other
    }
    guard !leads.contains(nil) else { return nil }
    let known = leads.compactMap { $0 }
    let variances = stride(from: 0, to: known.count, by: seeds).compactMap { start in
      Descriptive.standardDeviation(Array(known[start..<start + seeds])).map { $0 * $0 }
    }
    return (Descriptive.mean(variances) / Double(seeds)).squareRoot()
  }
}
