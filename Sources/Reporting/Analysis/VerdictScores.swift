import Results
import Statistics
import Sweeps

/// The options of one setting with the weights that apply to them and the scores that follow.
struct VerdictBasis {
  let setting: Setting
  let candidates: VerdictCandidates
  let weights: UtilityWeights
  let scores: VerdictScores

  /// nil when nothing that is weighted was measured, or no option has all of it in every seed.
  init?(_ input: ReportInput, _ setting: Setting) {
    let candidates = VerdictCandidates(
      sources: Grid(input, setting: setting), mixes: Grid(input, setting: setting, mixes: true))
    let names = input.metrics.headline.map(\.name) + (input.weights ?? [:]).keys
    let measured = names.filter { name in
      input.metrics[name: name].map { metric in candidates.all.contains { $0.values(metric) != nil } } ?? false
    }
    guard let weights = UtilityWeights(input.weights, measured: Set(measured), among: input.metrics) else { return nil }
    let scores = VerdictScores(candidates, weights)
    guard !scores.complete.isEmpty else { return nil }
    (self.setting, self.candidates, self.weights, self.scores) = (setting, candidates, weights, scores)
  }
}

/// The weighted scores of the options that have every weighted utility.
struct VerdictScores {
  let complete: [VerdictCandidates.Candidate]
  let incomplete: [VerdictCandidates.Candidate]
  /// One row a complete candidate, one score a seed, in points.
  let values: [[Double]]
  /// The mean of each row.
  let means: [Double]
  /// What each weighted utility is multiplied by, weight included.
  private let factors: [(metric: Metric, factor: Double)]

  init(_ candidates: VerdictCandidates, _ weights: UtilityWeights) {
    let factors = weights.entries.compactMap { entry in
      candidates.scale(entry.metric).map { (metric: entry.metric, factor: entry.weight * $0) }
    }
    self.factors = factors
    var (complete, incomplete): ([VerdictCandidates.Candidate], [VerdictCandidates.Candidate]) = ([], [])
    var values: [[Double]] = []
    for candidate in candidates.all {
      guard factors.count == weights.entries.count, let scores = Self.scores(candidate, factors) else {
        incomplete.append(candidate)
        continue
      }
      complete.append(candidate)
      values.append(scores)
    }
    (self.complete, self.incomplete, self.values) = (complete, incomplete, values)
    means = values.map { Descriptive.mean($0) }
  }

  /// The score of each seed of a candidate of another setting, with the scales of this one; nil when it is incomplete.
  func values(_ candidate: VerdictCandidates.Candidate) -> [Double]? { Self.scores(candidate, factors) }

  private static func scores(
    _ candidate: VerdictCandidates.Candidate, _ factors: [(metric: Metric, factor: Double)]
  ) -> [Double]? {
    var scores = [Double](repeating: 0, count: candidate.grid.seeds.count)
    for (metric, factor) in factors {
      guard let values = candidate.values(metric) else { return nil }
      for seed in scores.indices { scores[seed] += factor * values[seed] }
    }
    return scores
  }

  /// Best first; a tie keeps the sweep's order.
  var order: [Int] {
    let merged = Ties.merged(means)
    return means.indices.sorted { (-merged[$0], $0) < (-merged[$1], $1) }
  }

  /// By seed, first minus second; differences that are equal but for rounding are equal.
  func difference(_ first: Int, _ second: Int) -> [Double] {
    Ties.differences(zip(values[first], values[second]).map { (MeasuredValue($0), MeasuredValue($1)) })
  }

  /// What the options are worth once it is remembered that the best was picked; nil with one seed or one option.
  var bestOfMany: BestOfMany? {
    let shifts = complete.map(\.option.shift)
    return BestOfMany(
      values: values, strata: [Int](repeating: 0, count: values.first?.count ?? 0),
      groups: shifts.map { shifts.firstIndex(of: $0)! })
  }

  /// Which options differ, paired by seed.
  var decisions: Decisions {
    Decisions(subjects: values.count) { Decisions.Differences(strata: [difference($0, $1)]) }
  }
}
